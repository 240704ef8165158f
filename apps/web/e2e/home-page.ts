import { expect, type Locator, type Page } from '@playwright/test'

/** Page object of Home, by role and name (docs/design.md#words-on-the-screen). */
export class HomePage {
  readonly page: Page
  readonly heading: Locator
  readonly rooms: Locator
  readonly webinars: Locator
  readonly sync: Locator
  readonly messages: Locator
  readonly dialog: Locator

  constructor(page: Page) {
    this.page = page
    this.heading = page.getByRole('heading', { level: 1, name: 'Home' })
    this.rooms = page.getByRole('region', { name: 'Rooms' })
    this.webinars = page.getByRole('region', { name: 'Webinars' })
    this.sync = page.getByRole('status', { name: 'Sync' })
    this.messages = page.getByRole('status', { name: 'Messages' })
    this.dialog = page.getByRole('dialog')
  }

  async goto() {
    await this.page.goto('/')
    await expect(this.heading).toBeVisible()
  }

  tile(name: string): Locator {
    return this.page.getByRole('article', { name, exact: true })
  }

  /** What stands in a region, in its order. */
  async expectTiles(region: Locator, names: string[]) {
    await expect(region.getByRole('article').getByRole('heading')).toHaveText(names)
  }

  async expectSynced() {
    await expect(this.sync).toHaveText('All changes synced')
  }

  /** The links that lie ready after an item was made. */
  linksOf(name: string): Locator {
    // A right-to-left name is isolated, by characters that are not shown.
    const literal = name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    const label = new RegExp(`^Links for \\p{Cf}*${literal}\\p{Cf}*$`, 'u')
    return this.page.getByRole('region', { name: label })
  }

  async startRoom(name: string) {
    await this.page.getByRole('button', { name: 'New room' }).click()
    await this.dialog.getByLabel('Name').fill(name)
    await this.dialog.getByRole('button', { name: 'Create' }).click()
  }

  async createRoom(name: string) {
    await this.startRoom(name)
    await this.expectMade(name)
  }

  /** Its links follow its tile, and move the tiles: a menu opened in between would miss its press. */
  private async expectMade(name: string) {
    await expect(this.tile(name)).toBeVisible()
    await expect(this.linksOf(name)).toBeVisible()
  }

  async startWebinar(name: string, starts: string, timeZone: string, minutes: string) {
    await this.page.getByRole('button', { name: 'New webinar' }).click()
    await this.dialog.getByLabel('Name').fill(name)
    await this.dialog.getByLabel('Starts').fill(starts)
    await this.dialog.getByLabel('Time zone').fill(timeZone)
    await this.dialog.getByLabel('Length').fill(minutes)
    await this.dialog.getByRole('button', { name: 'Create' }).click()
  }

  async createWebinar(name: string, starts: string, timeZone = 'Europe/Berlin', minutes = '45') {
    await this.startWebinar(name, starts, timeZone, minutes)
    await this.expectMade(name)
  }

  /** Chooses from an item's settings menu. */
  async choose(name: string, entry: string) {
    await this.page.getByRole('button', { name: `Settings for ${name}`, exact: true }).click()
    await this.page.getByRole('menuitem', { name: entry }).click()
  }

  async rename(name: string, to: string) {
    await this.choose(name, 'Rename and privacy')
    await this.dialog.getByLabel('Name').fill(to)
    await this.dialog.getByRole('button', { name: 'Save' }).click()
    await expect(this.tile(to)).toBeVisible()
  }

  async delete(name: string) {
    await this.choose(name, 'Delete')
    await expect(this.page.getByRole('dialog', { name: `Delete ${name}?` })).toContainText('30 days')
    await this.dialog.getByRole('button', { name: 'Delete' }).click()
    await expect(this.tile(name)).toBeHidden()
  }

  async copyParticipantLink(name: string): Promise<string> {
    const link = await this.#copied(() => this.choose(name, 'Copy participant link'))
    await expect(this.messages).toHaveText('Participant link copied')
    return link
  }

  async copyHostLink(name: string): Promise<string> {
    const link = await this.#copied(() => this.choose(name, 'Copy host link'))
    await expect(this.messages).toHaveText('Host link copied')
    return link
  }

  /** What comes into the clipboard, not what was there before. */
  async #copied(copy: () => Promise<void>): Promise<string> {
    const read = () => this.page.evaluate(() => navigator.clipboard.readText())
    await this.page.evaluate(() => navigator.clipboard.writeText(''))
    await copy()
    await expect.poll(read).not.toBe('')
    return read()
  }

  async join(name: string) {
    await this.tile(name).getByRole('link', { name: 'Join' }).click()
    await expect(this.page.getByRole('heading', { level: 1, name })).toBeVisible()
  }

  /** When the item was last used, as an ISO time. */
  async lastUsed(name: string): Promise<string | null> {
    return this.tile(name).getByRole('time').getAttribute('datetime')
  }

  async signOut() {
    await this.page.getByRole('button', { name: 'Account' }).click()
    await this.page.getByRole('menuitem', { name: 'Sign out' }).click()
    await this.dialog.getByRole('button', { name: 'Sign out' }).click()
    await expect(this.messages).toHaveText('You are signed out')
  }
}

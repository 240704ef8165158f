import { chromiumOptions } from '@foyer/local-stack'
import { chromium, expect } from '@playwright/test'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test'
import { rm } from 'node:fs/promises'
import { HomePage } from './home-page.ts'

export const PASSWORD = 'correct horse battery'

const OPTIONS: BrowserContextOptions = {
  permissions: ['clipboard-read', 'clipboard-write'],
  locale: 'en-GB',
  timezoneId: 'Europe/Berlin',
  // Playwright waits for animated elements to be stable and scrolls, which delays open menus.
  reducedMotion: 'reduce',
  viewport: { width: 1280, height: 900 }
}

/** A browser profile of its own, as if it were another machine. */
export class Device {
  readonly #open: () => Promise<BrowserContext>
  readonly #profile: string | null
  #context!: BrowserContext
  page!: Page

  private constructor(open: () => Promise<BrowserContext>, profile: string | null) {
    this.#open = open
    this.#profile = profile
  }

  /** With its profile on the disk: closed and opened again, it still has its data. */
  static async start(url: string, profile: string): Promise<Device> {
    const options = { ...OPTIONS, ...chromiumOptions(), baseURL: url }
    const device = new Device(() => chromium.launchPersistentContext(profile, options), profile)
    await device.open()
    return device
  }

  /** In a browser that runs already, which is quicker; closed, it has forgotten everything. */
  static async startIn(browser: Browser, url: string): Promise<Device> {
    const device = new Device(() => browser.newContext({ ...OPTIONS, baseURL: url }), null)
    await device.open()
    return device
  }

  get home(): HomePage {
    return new HomePage(this.page)
  }

  async open() {
    this.#context = await this.#open()
    this.page = this.#context.pages()[0] ?? (await this.#context.newPage())
  }

  async close() {
    await this.#context.close()
  }

  async remove() {
    await this.close()
    if (this.#profile !== null) await rm(this.#profile, { recursive: true, force: true })
  }

  newTab(): Promise<Page> {
    return this.#context.newPage()
  }

  setOffline(offline: boolean): Promise<void> {
    return this.#context.setOffline(offline)
  }

  async forbidClipboard() {
    await this.#context.addInitScript(() => {
      navigator.clipboard.write = () => Promise.reject(new DOMException('refused', 'NotAllowedError'))
    })
  }

  /** As when the session ends on the server: the cookie is worth nothing any more. */
  async loseSession() {
    await this.#context.clearCookies()
  }

  /** The app is on the device: from here on it opens without a network. */
  async whenInstalled() {
    await this.page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
  }

  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText())
  }

  async signUp(email: string) {
    await this.page.goto('/sign-up')
    await this.page.getByLabel('Name').fill('Ada')
    await this.page.getByLabel('Email').fill(email)
    await this.page.getByLabel('Password').fill(PASSWORD)
    await this.page.getByRole('button', { name: 'Sign up' }).click()
    await expect(this.home.heading).toBeVisible()
    await this.home.expectSynced()
  }

  async signIn(email: string) {
    await this.page.goto('/sign-in')
    await this.page.getByLabel('Email').fill(email)
    await this.page.getByLabel('Password').fill(PASSWORD)
    await this.page.getByRole('button', { name: 'Sign in' }).click()
    await expect(this.home.heading).toBeVisible()
    await this.home.expectSynced()
  }

  /** The id of the account's workspace. */
  async workspaceId(): Promise<string> {
    const answer = await this.#ask<{ workspaces: { id: string }[] }>('/api/workspaces')
    return answer.workspaces[0]?.id ?? ''
  }

  /** The workspace's rooms as the server knows them. */
  async roomsOnServer(): Promise<{ id: string; name: string }[]> {
    const id = await this.workspaceId()
    return (await this.#ask<{ rooms: { id: string; name: string }[] }>(`/api/workspaces/${id}/rooms`)).rooms
  }

  async #ask<Answer>(path: string): Promise<Answer> {
    return (await (await this.page.request.get(path)).json()) as Answer
  }
}

import type { Page } from '@playwright/test'
import type { Device } from './device.ts'
import { expect, test } from './fixtures.ts'

const canvas = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
const LIGHT = 'rgb(248, 247, 244)'
const DARK = 'rgb(19, 20, 19)'

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

test('settings are reachable from every page', async ({ newDevice, email }) => {
  const device = await newDevice()
  const { home, page } = device
  const heading = page.getByRole('heading', { level: 1, name: 'Settings' })
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 })
    await home.goto()
    await page.getByRole('banner').getByRole('link', { name: 'Settings' }).click()
    await expect(heading).toBeVisible()
    await expect(page).toHaveTitle('Settings · Foyer')
    await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link')).toHaveCount(3)
  }
  await device.signUp(email)
  await page.getByRole('button', { name: 'Account' }).click()
  await page.getByRole('menuitem', { name: 'Settings' }).click()
  await expect(heading).toBeVisible()
  await expect(section(page, 'Account')).toContainText(email)
})

test('the theme is stored, offline too, and other tabs follow', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await home.goto()
  await device.whenInstalled()
  const tab = await device.newTab()
  await tab.goto('/')
  await page.bringToFront()
  await device.setOffline(true)
  await page.goto('/settings')
  expect(await canvas(page)).toBe(LIGHT)
  await page.getByRole('radio', { name: 'Dark' }).check()
  expect(await canvas(page)).toBe(DARK)
  await expect.poll(() => canvas(tab)).toBe(DARK)
  await page.reload()
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked()
  expect(await canvas(page)).toBe(DARK)
  for (const meta of await page.locator('meta[name=theme-color]').all()) {
    await expect(meta).toHaveAttribute('content', '#131413')
  }
  await page.getByRole('radio', { name: 'System' }).check()
  expect(await canvas(page)).toBe(LIGHT)
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await canvas(page)).toBe(DARK)
})

test('the theme is applied before the app loads', async ({ newDevice }) => {
  const { page } = await newDevice()
  await page.addInitScript(() => {
    localStorage.setItem('foyer-theme', 'dark')
  })
  await page.route('**/_app/**/*.js', route => route.abort())
  await page.goto('/')
  expect(await canvas(page)).toBe(DARK)
})

test('storage shows the usage and the browser’s answer', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await page.addInitScript(() => {
    let answer = false
    StorageManager.prototype.persisted = () => Promise.resolve(false)
    StorageManager.prototype.persist = () => {
      const now = answer
      answer = true
      return Promise.resolve(now)
    }
  })
  await home.goto()
  await page.goto('/settings')
  const storage = section(page, 'Storage')
  await expect(storage).toContainText('0 rooms · 0 webinars')
  await expect(storage).toContainText(/\d.* of .*\d (GB|MB|TB) used/)
  await expect(storage).toContainText('Without an account, everything is on this device only.')
  await storage.getByRole('button', { name: 'Keep my data' }).click()
  await expect(storage.getByRole('status')).toContainText('The browser declined.')
  await storage.getByRole('button', { name: 'Keep my data' }).click()
  await expect(storage.getByRole('status')).toContainText('The browser keeps this data until you delete it.')
  await expect(storage.getByRole('button', { name: 'Keep my data' })).toBeHidden()
})

test('unsynced changes are listed until the server has them', async ({ newHost, stack }) => {
  const device = await newHost('Synced before', 'Used')
  const { home, page } = device
  await device.whenInstalled()
  const storage = section(page, 'Storage')
  await stack.killWorker()
  try {
    await expect(home.sync).toHaveText('Offline · saved on this device')
    await home.createRoom('Made offline')
    await home.rename('Synced before', 'Renamed')
    await home.join('Used')
    await page.goto('/settings')
    await expect(storage.getByRole('listitem')).toHaveCount(3)
    await expect(storage.getByRole('listitem').filter({ hasText: 'Made offline' })).toContainText('new')
    await expect(storage.getByRole('listitem').filter({ hasText: 'Renamed' })).toContainText('name')
    await expect(storage.getByRole('listitem').filter({ hasText: 'Used' })).toContainText('last use')
    await expect(storage).toContainText('3 rooms')
  } finally {
    await stack.startWorker()
  }
  await expect(storage).toContainText('Everything is synced.', { timeout: 40_000 })
  await expect(storage.getByRole('listitem')).toHaveCount(0)
})

test('the workspace can be renamed offline, and the later name wins', async ({ twoDevices }) => {
  const { laptop, tablet } = await twoDevices()
  const form = (page: Page) => section(page, 'Workspace')
  const name = (page: Page) => form(page).getByRole('textbox', { name: 'Name' })
  for (const { page } of [laptop, tablet]) {
    await page.goto('/settings')
    await expect(name(page)).toHaveValue('My workspace')
  }
  const rename = async ({ page, home }: Device, to: string) => {
    await name(page).fill(to)
    await form(page).getByRole('button', { name: 'Save' }).click()
    await expect(home.messages).toHaveText(`Workspace renamed to “${to}”`)
  }
  await Promise.all([laptop.setOffline(true), tablet.setOffline(true)])
  await rename(tablet, 'Atelier')
  // A busy machine hears the server's time late: each device may take another one for it.
  const renamedAt = await serverTimeOn(tablet.page)
  await expect.poll(() => serverTimeOn(laptop.page)).toBeGreaterThan(renamedAt)
  await rename(laptop, 'Studio')
  await laptop.setOffline(false)
  await laptop.home.expectSynced()
  await tablet.setOffline(false)
  await tablet.home.expectSynced()
  await expect(name(tablet.page)).toHaveValue('Studio')
  await expect(name(laptop.page)).toHaveValue('Studio')

  await name(laptop.page).fill('Half typ')
  await rename(tablet, 'Garden')
  await expect(name(laptop.page)).toHaveValue('Half typ') // nobody types over it
  await laptop.page.reload()
  await expect(name(laptop.page)).toHaveValue('Garden')
  await laptop.page.goto('/transfer')
  const download = laptop.page.waitForEvent('download')
  await laptop.page.getByRole('button', { name: 'Export' }).click()
  expect((await download).suggestedFilename()).toMatch(/^Garden .*\.foyer\.zip$/)
})

test('an invalid workspace name is refused at its field', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await page.goto('/settings')
  const field = section(page, 'Workspace').getByRole('textbox', { name: 'Name' })
  for (const [typed, reason] of [
    ['  ', 'The name is empty.'],
    ['x'.repeat(121), 'The name is longer than 120 characters.']
  ] as const) {
    await field.fill(typed)
    await page.keyboard.press('Enter')
    await expect(field).toHaveAccessibleDescription(reason)
    await expect(field).toBeFocused()
    await expect(field).toHaveValue(typed)
  }
  await field.fill(' Studio ')
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue('Studio')
  await expect(field).toHaveAccessibleDescription('')
})

test('a workspace name chosen before signing up is kept', async ({ newDevice, email }) => {
  const device = await newDevice()
  const { page } = device
  await page.goto('/settings')
  const field = section(page, 'Workspace').getByRole('textbox', { name: 'Name' })
  await field.fill('Studio')
  await page.keyboard.press('Enter')
  await device.signUp(email)
  await expect
    .poll(async () => (await (await page.request.get('/api/workspaces')).json()) as unknown)
    .toMatchObject({ workspaces: [{ name: 'Studio' }] })
})

test('signing out from settings asks first', async ({ newDevice, email }) => {
  const device = await newDevice()
  const { home, page } = device
  await device.signUp(email)
  await page.goto('/settings')
  await section(page, 'Account').getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('dialog', { name: 'Sign out?' }).getByRole('button', { name: 'Sign out' }).click()
  await expect(home.messages).toHaveText('You are signed out')
  await expect(home.heading).toBeVisible()
})

/** What a device takes for the server's time now, ms since 1970. */
const serverTimeOn = (page: Page): Promise<number> =>
  page.evaluate(() => Date.now() + Number(localStorage.getItem('foyer-clock-offset')))

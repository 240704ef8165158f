import type { Page } from '@playwright/test'
import { Device } from './device.ts'
import { expect, test as base } from './fixtures.ts'
import { serveBuilds } from './serve-builds.ts'

const test = base.extend<{ builds: Awaited<ReturnType<typeof serveBuilds>>; device: Device }>({
  // eslint-disable-next-line no-empty-pattern
  builds: async ({}, use) => {
    const builds = await serveBuilds()
    await use(builds)
    builds.stop()
  },
  device: async ({ browser, builds }, use) => {
    const device = await Device.startIn(browser, builds.url)
    await use(device)
    await device.remove()
  }
})

const isLater = (page: Page) => expect(page.locator('html[data-build=later]'))
const note = (page: Page) => page.getByRole('status', { name: 'App version' })

test('an open page keeps its version during and after a deployment', async ({ builds, device }) => {
  const { home, page } = device
  await home.goto()
  await home.createRoom('Clients')
  await device.whenInstalled()
  await home.choose('Clients', 'Rename and privacy')
  await home.dialog.getByLabel('Name').fill('Customers')
  builds.deploy()
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update())
  await expect(note(page)).toContainText('A new version is ready')
  await expect(home.dialog.getByLabel('Name')).toHaveValue('Customers')
  await home.dialog.getByRole('button', { name: 'Save' }).click()
  // None of these was opened before: their files are not on the server any more.
  await home.choose('Customers', 'QR code')
  await expect(page.getByRole('dialog', { name: 'QR code for Customers' })).toBeVisible()
  await page.keyboard.press('Escape')

  const other = await device.newTab()
  await other.goto('/')
  await isLater(other).toHaveCount(0)
  await note(other).getByRole('button', { name: 'Reload' }).click()
  await isLater(other).toHaveCount(1)
  await expect(other.getByRole('article', { name: 'Customers' })).toBeVisible()

  await isLater(page).toHaveCount(0)
  await home.choose('Customers', 'Reset links')
  await expect(page.getByRole('dialog', { name: 'Reset links for Customers?' })).toBeVisible()
  await page.keyboard.press('Escape')
  await device.setOffline(true)
  await home.choose('Customers', 'Delete')
  await expect(page.getByRole('dialog', { name: 'Delete Customers?' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'History' })).toBeVisible()
  await page.reload()
  await isLater(page).toHaveCount(1)
  await expect(page.getByRole('heading', { level: 1, name: 'History' })).toBeVisible()
})

test('without a service worker the page reports the deployment and works after a reload', async ({
  builds,
  device
}) => {
  const { home, page } = device
  await page.addInitScript(() => {
    navigator.serviceWorker.register = () => Promise.reject(new DOMException('switched off', 'SecurityError'))
  })
  await home.goto()
  await home.createRoom('Clients')
  builds.deploy()
  await home.choose('Clients', 'QR code')
  await expect(home.messages).toContainText('Foyer has been updated. Reload the page, then try again.')
  // Its files are gone, so the browser loads the later version.
  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'History' })).toBeVisible()
  await isLater(page).toHaveCount(1)
  await home.goto()
  await home.choose('Clients', 'QR code')
  await expect(page.getByRole('dialog', { name: 'QR code for Clients' })).toBeVisible()
})

import { expect, test } from './fixtures.ts'

test('a dialog that fails to load reports that and opens once online', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await page.addInitScript(() => {
    navigator.serviceWorker.register = () => Promise.reject(new DOMException('switched off', 'SecurityError'))
  })
  await home.goto()
  await device.setOffline(true)
  const button = page.getByRole('button', { name: 'New room' })
  await button.click()
  await expect(home.messages).toContainText('This couldn’t be loaded. Reload the page when you’re online.')
  await device.setOffline(false)
  // Some browsers keep it in mind that a file could not be had, for as long as the page stands.
  await page.reload()
  await button.click()
  await expect(home.dialog.getByLabel('Name')).toBeVisible()
})

test('a page whose files were replaced by a new version reports that', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await page.addInitScript(() => {
    navigator.serviceWorker.register = () => Promise.reject(new DOMException('switched off', 'SecurityError'))
  })
  await home.goto()
  await page.route('**/_app/**', route =>
    route.request().url().endsWith('/version.json')
      ? route.fulfill({ json: { version: 'a later one' } })
      : route.fulfill({ status: 404, json: { error: { code: 'not-found', message: '' } } })
  )
  await page.getByRole('button', { name: 'New room' }).click()
  await expect(home.messages).toContainText('Foyer has been updated. Reload the page, then try again.')
})

import { expect, test } from './fixtures.ts'

test('a dialog that cannot be loaded says so, and opens once there is a network', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await page.addInitScript(() => {
    navigator.serviceWorker.register = () => Promise.reject(new DOMException('switched off', 'SecurityError'))
  })
  await home.goto()
  await device.setOffline(true)
  const button = page.getByRole('button', { name: 'New room' })
  await button.click()
  await expect(home.messages).toContainText(
    'This could not be loaded. Reload the page when there is a network.'
  )
  await device.setOffline(false)
  // Some browsers keep it in mind that a file could not be had, for as long as the page stands.
  await page.reload()
  await button.click()
  await expect(home.dialog.getByLabel('Name')).toBeVisible()
})

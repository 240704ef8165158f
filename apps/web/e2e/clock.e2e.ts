import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const HOUR = 3_600_000
const NOW = Date.UTC(2027, 5, 1, 12)

/** Sets the device's clock; it does not stand still. */
const setClock = (page: Page, at: number) => page.clock.setSystemTime(at)

test('a clock that was a day ahead leaves no times in the future and no item on top', async ({
  newDevice
}) => {
  const { home, page } = await newDevice()
  await page.clock.install({ time: NOW + 24 * HOUR })
  await home.goto()
  for (const room of ['Made then', 'Used then', 'Used later']) await home.createRoom(room)
  await home.createRoom('Deleted then')
  await home.delete('Deleted then')
  await home.join('Used then')
  await page.goBack()

  await setClock(page, NOW)
  await page.reload()
  await expect(home.tile('Used then')).toContainText(/Last used (just now|.* ago)/)
  await setClock(page, NOW + HOUR)
  await home.join('Used later')
  await page.goBack()
  await page.reload()
  await expect(home.rooms.getByRole('article').first()).toHaveAccessibleName('Used later')
  await expect(home.tile('Used then')).toContainText(/Last used .* ago/)
  await page.goto('/history')
  await expect(page.getByRole('main').getByRole('listitem').first()).toContainText('Used later')
  await page.goto('/deleted')
  await expect(page.getByRole('main')).not.toContainText(/Deleted in|in (3[1-9]|\d{3,}) days/)
})

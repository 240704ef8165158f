import type { Device } from './device.ts'
import { expect, test } from './fixtures.ts'

const openDeleted = async ({ page }: Device) => {
  await page.getByRole('link', { name: 'Recently deleted' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Recently deleted' })).toBeVisible()
}

test('deleting and restoring sync to the other device, with the same links', async ({ twoDevices }) => {
  const { laptop, tablet } = await twoDevices('Clients')
  const link = await laptop.home.copyParticipantLink('Clients')
  const hostLink = await laptop.home.copyHostLink('Clients')

  await laptop.home.choose('Clients', 'Delete')
  const dialog = laptop.page.getByRole('dialog', { name: 'Delete Clients?' })
  await expect(dialog).toContainText('participant link, host link and QR code stop working')
  await expect(dialog).toContainText('Its history is kept')
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(tablet.home.tile('Clients')).toBeHidden()

  await openDeleted(tablet)
  await tablet.page.getByRole('button', { name: 'Restore Clients' }).click()
  await expect(tablet.home.messages).toHaveText('“Clients” restored with the same links')
  await tablet.page.getByRole('link', { name: 'Back to Home' }).click()
  for (const { home } of [laptop, tablet]) {
    await expect(home.tile('Clients')).toBeVisible()
    expect(await home.copyParticipantLink('Clients')).toBe(link)
    expect(await home.copyHostLink('Clients')).toBe(hostLink)
  }
})

test('an item can be deleted for good offline and without an account', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await home.goto()
  await device.whenInstalled()
  await device.setOffline(true)
  await home.createRoom('Clients')
  await home.createRoom('Team')
  const link = await home.copyParticipantLink('Clients')
  await home.delete('Clients')
  await openDeleted(device)
  await page.getByRole('button', { name: 'Delete for good: Clients' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete Clients for good?' })
  await expect(dialog).toContainText('can’t be undone')
  await expect(dialog).toContainText('Participant links return only if you import an earlier export')
  await dialog.getByRole('button', { name: 'Delete for good' }).click()
  await expect(home.messages).toHaveText('“Clients” deleted for good')
  await expect(page.getByRole('main')).toContainText('Nothing was deleted')

  await page.reload()
  await expect(page.getByRole('main')).toContainText('Nothing was deleted')
  await page.goto(link)
  await expect(page.getByRole('heading', { level: 1, name: 'Clients' })).toBeHidden()
  await home.goto()
  await home.expectTiles(home.rooms, ['Team'])
})

test('all listed items can be deleted at once, after a confirmation', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await home.goto()
  for (const name of ['One', 'Two', 'Kept']) await home.createRoom(name)
  for (const name of ['One', 'Two']) await home.delete(name)
  await openDeleted(device)
  await page.getByRole('button', { name: 'Delete all for good' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete all for good?' })
  await expect(dialog).toContainText('2 rooms and webinars are deleted')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(2)
  await page.getByRole('button', { name: 'Delete all for good' }).click()
  await dialog.getByRole('button', { name: 'Delete all for good' }).click()
  await expect(home.messages).toHaveText('2 rooms and webinars deleted for good')
  await expect(page.getByRole('main')).toBeFocused()
  await page.getByRole('link', { name: 'Back to Home' }).click()
  await home.expectTiles(home.rooms, ['Kept'])
})

test('deleting for good syncs to the other device', async ({ twoDevices }) => {
  const { laptop, tablet } = await twoDevices('Clients', 'Team')
  await laptop.home.delete('Clients')
  await laptop.home.expectSynced()
  await openDeleted(tablet)
  await expect(tablet.page.getByRole('button', { name: 'Restore Clients' })).toBeVisible()

  await laptop.setOffline(true)
  await openDeleted(laptop)
  await laptop.page.getByRole('button', { name: 'Delete for good: Clients' }).click()
  await expect(laptop.home.dialog).toContainText('when this device is back online')
  await laptop.home.dialog.getByRole('button', { name: 'Delete for good' }).click()
  await expect(laptop.page.getByRole('main')).toContainText('Nothing was deleted')
  await laptop.setOffline(false)
  await expect(tablet.page.getByRole('main')).toContainText('Nothing was deleted')
})

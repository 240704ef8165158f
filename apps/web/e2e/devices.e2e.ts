import { expect, test } from './fixtures.ts'

test('b: a second browser sees a rename within a second, without a reload', async ({ twoDevices }) => {
  const { laptop, tablet } = await twoDevices('Clients')
  await laptop.home.rename('Clients', 'Customers')
  await expect(tablet.home.tile('Customers')).toBeVisible({ timeout: 1_000 })
  await expect(tablet.home.tile('Clients')).toBeHidden()
})

test('c: Home opens with the server stopped, and changes sync later', async ({
  newDevice,
  twoDevices,
  stack
}) => {
  const { laptop, tablet } = await twoDevices('Clients')
  await stack.killWorker()
  let link: string
  try {
    await laptop.page.reload()
    await expect(laptop.home.tile('Clients')).toBeVisible({ timeout: 2_000 })
    await expect(laptop.home.sync).toHaveText('Offline · saved on this device')
    await laptop.home.createRoom('Made offline')
    await laptop.home.rename('Clients', 'Customers')
    link = await laptop.home.copyParticipantLink('Made offline')
  } finally {
    await stack.startWorker()
  }
  await expect(tablet.home.tile('Made offline')).toBeVisible({ timeout: 40_000 })
  await expect(tablet.home.tile('Customers')).toBeVisible()

  const guest = await newDevice()
  await guest.page.goto(link)
  await expect(guest.page.getByRole('heading', { level: 1, name: 'Made offline' })).toBeVisible()
})

test('e: two offline devices edit different fields of one room, and both edits stand', async ({
  twoDevices
}) => {
  const { laptop, tablet } = await twoDevices('Clients')
  await Promise.all([laptop.setOffline(true), tablet.setOffline(true)])
  await laptop.home.rename('Clients', 'Customers')
  await tablet.home.choose('Clients', 'Rename and privacy')
  await tablet.home.dialog.getByLabel('Who can join').selectOption('Team only')
  await tablet.home.dialog.getByRole('button', { name: 'Save' }).click()
  await Promise.all([laptop.setOffline(false), tablet.setOffline(false)])

  await expect(tablet.home.tile('Customers')).toBeVisible()
  await tablet.home.expectSynced()
  await laptop.home.expectSynced()
  for (const { home, page } of [laptop, tablet]) {
    await home.choose('Customers', 'Rename and privacy')
    await expect(home.dialog.getByLabel('Who can join')).toHaveValue('team')
    await page.keyboard.press('Escape')
  }
})

test('f: after offline use on two devices both show the later time', async ({ twoDevices }) => {
  const { laptop, tablet } = await twoDevices('Clients')
  await Promise.all([laptop.setOffline(true), tablet.setOffline(true)])
  await laptop.home.join('Clients')
  await laptop.page.goBack()
  await tablet.home.join('Clients')
  await tablet.page.goBack()
  const earlier = await laptop.home.lastUsed('Clients')
  const later = await tablet.home.lastUsed('Clients')
  expect(Date.parse(later ?? '')).toBeGreaterThan(Date.parse(earlier ?? ''))

  // The later one first: the earlier must not win for having come last.
  await tablet.setOffline(false)
  await tablet.home.expectSynced()
  await laptop.setOffline(false)
  await laptop.home.expectSynced()
  for (const { home } of [laptop, tablet]) {
    await expect(home.tile('Clients').getByRole('time')).toHaveAttribute('datetime', later ?? '')
  }
})

test('two tabs of one browser agree without a server', async ({ newDevice, stack }) => {
  const device = await newDevice()
  await device.home.goto()
  await device.whenInstalled()
  const other = await device.newTab()
  await other.goto('/')
  await expect(other.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  await device.page.bringToFront() // browsers let hidden tabs wait
  await stack.killWorker()
  try {
    await device.home.createRoom('Clients')
    await expect(other.getByRole('article', { name: 'Clients' })).toBeVisible({ timeout: 2_000 })
  } finally {
    await stack.startWorker()
  }
})

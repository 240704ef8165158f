import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const devtools = async (page: Page, origin: string) => {
  const session = await page.context().newCDPSession(page)
  return {
    setQuota: (quotaSize?: number) =>
      session.send('Storage.overrideQuotaForOrigin', {
        origin,
        ...(quotaSize === undefined ? {} : { quotaSize })
      }),
    clearDatabases: () => session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' })
  }
}

test('S28 a full disk is reported, and edits are stored once there is space', async ({
  newDevice,
  stack
}) => {
  const { home, page } = await newDevice()
  // From the beginning: Chromium looks now and then how much room is left, not at each small write.
  const { setQuota } = await devtools(page, stack.url)
  await setQuota(1)
  await home.goto()
  await home.createRoom('Clients')
  await expect(page.getByRole('alert')).toContainText('Changes are not saved on this device')
  await home.rename('Clients', 'Customers')
  await setQuota()
  await expect(page.getByRole('alert')).toBeHidden()
  await page.reload()
  await expect(home.tile('Customers')).toBeVisible()
})

test('S28 a browser that never opens its database does not keep the page waiting', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await page.addInitScript(() => {
    // A request that is never answered, as some versions of Safari do it.
    IDBFactory.prototype.open = () =>
      Object.setPrototypeOf(new EventTarget(), IDBOpenDBRequest.prototype) as IDBOpenDBRequest
  })
  await home.goto()
  await expect(page.getByRole('button', { name: 'New room' })).toBeVisible({ timeout: 25_000 })
  await expect(page.getByRole('alert')).toContainText('Changes are not saved on this device')
  await home.createRoom('Clients')
})

test('S28 data cleared while a page runs is written again', async ({ newDevice, stack }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await home.createRoom('Clients')
  const { clearDatabases } = await devtools(page, stack.url)
  await clearDatabases()
  await home.createRoom('Team')
  await page.reload()
  await home.expectTiles(home.rooms, ['Team', 'Clients'])
})

test('S28 a lost database connection is reopened', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await page.addInitScript(() => {
    const { transaction } = IDBDatabase.prototype
    let broken = 0
    IDBDatabase.prototype.transaction = function (...args) {
      // As iOS does: the connection is lost, and the next use finds that out.
      if (this.name.startsWith('foyer-workspace-') && ++broken % 3 === 0) this.close()
      return transaction.apply(this, args)
    }
  })
  await home.goto()
  for (const name of ['One', 'Two', 'Three', 'Four']) await home.createRoom(name)
  await expect(page.getByRole('alert')).toBeHidden()
  await page.reload()
  await home.expectTiles(home.rooms, ['Four', 'Three', 'Two', 'One'])
})

test('S28 a log deleted by another tab while in use is written again', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await home.goto()
  await home.createRoom('Clients')
  const other = await device.newTab()
  await other.goto('/manifest.webmanifest')
  await other.evaluate(async () => {
    for (const { name = '' } of await indexedDB.databases()) {
      if (name.startsWith('foyer-workspace-')) {
        await new Promise<void>(resolve => {
          indexedDB.deleteDatabase(name).onsuccess = () => {
            resolve()
          }
        })
      }
    }
  })
  await page.bringToFront()
  await home.createRoom('Team')
  await page.reload()
  await home.expectTiles(home.rooms, ['Team', 'Clients'])
})

test('S20 two tabs agree offline, also after a reload, and the server gets changes once', async ({
  newDevice,
  email
}) => {
  const device = await newDevice()
  await device.signUp(email)
  await device.whenInstalled()
  const other = await device.newTab()
  await other.goto('/')
  const shown = (page: Page, name: string) => page.getByRole('article', { name, exact: true })
  const sync = (page: Page) => page.getByRole('status', { name: 'Sync' })
  await expect(sync(other)).toHaveText('All changes synced')

  await device.setOffline(true)
  await device.page.bringToFront() // browsers let hidden tabs wait
  await device.home.createRoom('Made offline')
  await expect(shown(other, 'Made offline')).toBeVisible()
  for (const page of [device.page, other]) {
    await page.bringToFront()
    await page.reload()
    await expect(shown(page, 'Made offline')).toBeVisible()
    await expect(sync(page)).toHaveText('Offline · saved on this device')
  }
  await device.setOffline(false)
  for (const page of [device.page, other]) {
    await page.bringToFront()
    await expect(sync(page)).toHaveText('All changes synced')
    await expect(shown(page, 'Made offline')).toHaveCount(1)
  }
  expect((await device.roomsOnServer()).map(({ name }) => name)).toEqual(['Made offline'])
})

test('S11 items with unsynced changes are marked until the server has them', async ({ newDevice, email }) => {
  const device = await newDevice()
  const { home, page } = device
  const mark = (name: string) => home.tile(name).getByRole('img', { name: 'On this device only' })
  await home.goto()
  await home.createRoom('Before')
  await expect(mark('Before')).toBeHidden() // without an account there is nowhere else
  await device.signUp(email)
  await device.whenInstalled()
  await home.createRoom('Clients')
  await home.expectSynced()
  await expect(mark('Clients')).toBeHidden()

  await device.setOffline(true)
  await home.rename('Clients', 'Customers')
  await expect(mark('Customers')).toBeVisible()
  await expect(mark('Before')).toBeHidden()
  await page.reload()
  await expect(mark('Customers')).toBeVisible()
  await expect(mark('Before')).toBeHidden()
  await device.setOffline(false)
  await home.expectSynced()
  await expect(mark('Customers')).toBeHidden()
})

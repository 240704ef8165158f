import type { Page } from '@playwright/test'
import { headOf, restore, setRole } from './database.ts'
import { expect, test } from './fixtures.ts'

/** Sync messages as the server writes them (packages/sync, SPEC.md). */
const NOTICE = 19

test('S22 S26 after a restore a device has the restored list and its own unsynced changes', async ({
  twoDevices,
  stack
}) => {
  const { laptop, tablet } = await twoDevices('Clients', 'Team')
  const id = await laptop.workspaceId()
  const good = await headOf(stack, id)

  // What the restore is to undo: seen by both.
  await tablet.home.rename('Clients', 'Spoilt')
  await tablet.home.createRoom('Unwanted')
  await expect(laptop.home.tile('Unwanted')).toBeVisible()
  await laptop.home.expectSynced()
  await tablet.home.expectSynced()

  await laptop.setOffline(true)
  await laptop.home.rename('Team', 'Our team')
  await laptop.home.createRoom('Made offline')
  await laptop.home.rename('Unwanted', 'Still unwanted')
  const link = await laptop.home.copyParticipantLink('Made offline')
  await laptop.page.reload() // all of it is on the device
  await expect(laptop.home.tile('Our team')).toBeVisible()
  await restore(stack, id, good)
  await laptop.setOffline(false)

  for (const { home } of [laptop, tablet]) {
    await home.expectTiles(home.rooms, ['Made offline', 'Our team', 'Clients'])
    await home.expectSynced()
  }
  const notes = laptop.page.getByRole('status', { name: 'Notes' })
  await expect(notes).toContainText('This workspace was restored to an earlier state.')
  await expect(notes).toContainText('Unsynced changes from this device are kept.')
  await expect(notes).toContainText('Not kept: “Still unwanted” (name).')
  expect(await laptop.home.copyParticipantLink('Made offline')).toBe(link)

  await laptop.page.reload()
  await laptop.home.expectTiles(laptop.home.rooms, ['Made offline', 'Our team', 'Clients'])
  await laptop.home.expectSynced()
  expect(await logsOf(laptop.page)).toHaveLength(1)
  await notes.getByRole('button', { name: 'Dismiss' }).click()
  await expect(notes).toHaveText('')
  await laptop.home.rename('Clients', 'Customers')
  await expect(tablet.home.tile('Customers')).toBeVisible()
})

test('S26 a reload in the middle of a clone loses nothing, and two tabs end with the same copy', async ({
  newDeviceOnDisk,
  email,
  stack
}) => {
  const device = await newDeviceOnDisk()
  const { home, page } = device
  await device.signUp(email)
  await home.createRoom('Clients')
  await home.expectSynced()
  await device.whenInstalled()
  const id = await device.workspaceId()
  const good = await headOf(stack, id)
  await home.createRoom('Unwanted')
  await home.expectSynced()
  const tab = await device.newTab()
  await tab.goto('/')
  await expect(tab.getByRole('article', { name: 'Unwanted' })).toBeVisible()
  await device.setOffline(true)
  await page.bringToFront()
  await home.createRoom('Made offline')
  await expect(tab.getByRole('article', { name: 'Made offline' })).toBeVisible()
  await restore(stack, id, good)

  // The clone's own connection opens, and never gets an answer.
  await page.routeWebSocket(
    url => url.pathname.startsWith('/sync/') && !url.searchParams.has('generation'),
    () => undefined
  )
  await tab.close()
  await device.setOffline(false)
  await expect.poll(() => logsOf(page)).toHaveLength(2)
  await expect(home.tile('Made offline')).toBeVisible()
  await home.rename('Made offline', 'Made meanwhile')
  // Closing a browser may end it before the page has written what it shows.
  await expect.poll(() => logsHold(page, 'Made meanwhile')).toBe(true)
  await device.close()

  await device.open()
  const other = await device.newTab()
  await Promise.all([device.home.goto(), other.goto('/')])
  for (const shown of [device.page, other]) {
    await shown.bringToFront()
    await expect(shown.getByRole('article', { name: 'Made meanwhile' })).toBeVisible()
    await expect(shown.getByRole('article', { name: 'Unwanted' })).toBeHidden()
    await expect(shown.getByRole('status', { name: 'Sync' })).toHaveText('All changes synced')
  }
  await expect.poll(() => logsOf(other)).toHaveLength(1)
  await other.getByRole('button', { name: 'New room' }).click()
  await other.getByRole('dialog').getByLabel('Name').fill('Of the other tab')
  await other.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  await device.page.bringToFront()
  await expect(device.home.tile('Of the other tab')).toBeVisible()
})

test('S26 changes made offline by a member who is a viewer by now are shown as not kept', async ({
  newHost,
  stack
}) => {
  const device = await newHost('Clients')
  const { home, page } = device
  const id = await device.workspaceId()
  await device.setOffline(true)
  await home.rename('Clients', 'Customers')
  await home.createRoom('Made offline')
  await setRole(stack, id, 'viewer')
  await device.setOffline(false)

  await home.expectTiles(home.rooms, ['Clients'])
  await home.expectSynced()
  await expect(page.getByRole('status', { name: 'Notes' })).toHaveText(
    /You can now view this workspace but not change it\. Not kept: “Customers” \(name\), the new room “Made offline”\./
  )
  await expect(page.getByRole('button', { name: 'New room' })).toBeHidden()
  await page.reload()
  await home.expectTiles(home.rooms, ['Clients'])
  await expect(page.getByRole('button', { name: 'New room' })).toBeHidden()
  await home.expectSynced()
})

test('S18 a removed member can still read and is told', async ({ newHost, stack }) => {
  const device = await newHost('Clients')
  const { home, page } = device
  const id = await device.workspaceId()
  await device.setOffline(true)
  await setRole(stack, id, null)
  await device.setOffline(false)
  await expect(home.sync).toHaveText('You are no longer a member · saved on this device')
  await expect(home.tile('Clients')).toBeVisible()
  await expect(page.getByRole('button', { name: 'New room' })).toBeHidden()
  await page.reload()
  await expect(home.tile('Clients')).toBeVisible()
  await expect(home.sync).toHaveText('You are no longer a member · saved on this device')
})

test('S26 a copy that the server calls forged is downloaded again, with unsynced changes', async ({
  newDevice,
  newHost,
  email
}) => {
  const device = await newHost('Clients')
  const { home, page } = device
  await device.setOffline(true)
  await home.rename('Clients', 'Customers')
  const refused = await refuseOnce(page, 4400, 'forged')
  await page.reload().catch(() => undefined)
  await device.setOffline(false)
  await home.goto()
  await expect(page.getByRole('status', { name: 'Notes' })).toContainText('it was downloaded again')
  await home.expectSynced()
  await expect(home.tile('Customers')).toBeVisible()
  expect(refused.count).toBe(1)
  const other = await newDevice()
  await other.signIn(email)
  await expect(other.home.tile('Customers')).toBeVisible()
})

test('S26 a full workspace: refused changes are listed and not retried forever', async ({ newHost }) => {
  const device = await newHost('Clients')
  const { home, page } = device
  const refused = await refuseUpdates(page, 4413, 'over-quota')
  await page.reload()
  await home.expectSynced()
  await home.createRoom('One too many')
  const notes = page.getByRole('status', { name: 'Notes' })
  await expect(notes).toContainText('This workspace is full. Not kept: the new room “One too many”.')
  await home.expectTiles(home.rooms, ['Clients'])
  await home.expectSynced()
  expect(refused.count).toBe(2)
})

test('a value reverted by the server is reported', async ({ newHost }) => {
  const device = await newHost('Clients')
  const { page } = device
  await page.routeWebSocket(/\/sync\//, socket => {
    const server = socket.connectToServer()
    let said = false
    server.onMessage(message => {
      socket.send(message)
      if (said || typeof message === 'string' || message[0] !== 17) return
      said = true
      void device.roomsOnServer().then(([room]) => {
        socket.send(notice({ code: 'name-empty', root: 'rooms', id: room?.id, field: 'name' }))
      })
    })
  })
  await page.reload()
  await expect(page.getByRole('status', { name: 'Notes' })).toContainText(
    'A change to the name of “Clients” was rejected and undone. The name is empty.'
  )
})

/** The logs that this device has of its workspaces. */
const logsOf = (page: Page): Promise<string[]> =>
  page.evaluate(async () =>
    (await indexedDB.databases()).flatMap(({ name = '' }) =>
      name.startsWith('foyer-workspace-') ? [name] : []
    )
  )

/** Whether a stored change on this device holds the text. */
const logsHold = async (page: Page, text: string): Promise<boolean> => {
  const stored = await Promise.all((await logsOf(page)).map(name => changesOf(page, name)))
  return stored.flat().some(change => change.includes(text))
}

/** The changes in a log, each read as if it were text. */
const changesOf = (page: Page, name: string): Promise<string[]> =>
  page.evaluate(
    name =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onerror = () => {
          reject(new Error('the log could not be opened'))
        }
        opening.onsuccess = () => {
          const reading = opening.result.transaction('updates').objectStore('updates').getAll()
          reading.onsuccess = () => {
            opening.result.close()
            const changes = reading.result as Uint8Array[]
            resolve(changes.map(change => new TextDecoder().decode(change)))
          }
        }
      }),
    name
  )

const notice = (refusal: object): Buffer => {
  const bytes = Buffer.from(JSON.stringify(refusal))
  return Buffer.concat([Buffer.from([NOTICE, bytes.length]), bytes])
}

/** The first connection's answer to the server is refused; all later ones pass. */
const refuseOnce = async (page: Page, code: number, name: string) => {
  const refused = { count: 0 }
  await page.routeWebSocket(/\/sync\//, socket => {
    const server = socket.connectToServer()
    if (refused.count > 0) return
    socket.onMessage(async message => {
      if (typeof message === 'string' || message[0] !== 0 || message[1] !== 1) {
        server.send(message)
        return
      }
      refused.count++
      socket.send(notice({ code: name }))
      await socket.close({ code, reason: name })
    })
  })
  return refused
}

/** Every change is refused; answers that hold nothing pass. */
const refuseUpdates = async (page: Page, code: number, name: string) => {
  const refused = { count: 0 }
  await page.routeWebSocket(/\/sync\//, socket => {
    const server = socket.connectToServer()
    socket.onMessage(async message => {
      const isEmpty =
        typeof message === 'string' || message[0] !== 0 || message[1] === 0 || message.length < 8
      if (isEmpty) {
        server.send(message)
        return
      }
      refused.count++
      socket.send(notice({ code: name }))
      await socket.close({ code, reason: name })
    })
  })
  return refused
}

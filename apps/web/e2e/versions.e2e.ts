import { createWebinar, fieldKey, itemRoot, workspaceRoot } from '@foyer/doc'
import { PROTOCOL_VERSION } from '@foyer/sync/protocol'
import * as Y from 'yjs'
import { expect, test } from './fixtures.ts'
import { putDocument } from './put-document.ts'

/** The leading number of a hello (packages/sync, SPEC.md). */
const HELLO = 16

test('S24 a document of a newer version is read-only', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await home.createRoom('Clients')
  await home.createRoom('Deleted')
  await home.delete('Deleted')
  const later = new Y.Doc()
  later.clientID = 2 ** 32 - 1 // wins over this app's own
  workspaceRoot(later).set('schemaVersion', [1_000, Date.now() + 1_000])
  await page.evaluate(
    async bytes => {
      const { name = '' } =
        (await indexedDB.databases()).find(({ name }) => name?.startsWith('foyer-workspace-')) ?? {}
      await new Promise<void>(resolve => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('updates', 'readwrite')
          transaction.objectStore('updates').add(new Uint8Array(bytes))
          transaction.oncomplete = () => {
            opening.result.close()
            resolve()
          }
        }
      })
    },
    [...Y.encodeStateAsUpdate(later)]
  )
  await page.reload()
  await expect(home.tile('Clients')).toBeVisible()
  await expect(page.getByRole('status', { name: 'App version' })).toContainText('Reload to update')
  await expect(page.getByRole('button', { name: 'New room' })).toBeHidden()
  await page.getByRole('button', { name: 'Settings for Clients' }).click()
  await expect(page.getByRole('menuitem')).toHaveText(['Copy participant link', 'QR code', 'Join'])
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Recently deleted' }).click()
  await expect(page.getByText('Deleted', { exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Restore Deleted' })).toBeHidden()
})

/** A webinar as an earlier app wrote it, which took for a zone what its engine took for one. */
const inBst = (name: string): Y.Doc => {
  const doc = new Y.Doc()
  const schedule = { startsAt: '2031-12-01T10:00', timeZone: 'Europe/London', minutes: 45 }
  const id = createWebinar(doc, { name, schedule }, Date.now())
  itemRoot(doc, 'webinar').set(fieldKey(id, 'schedule'), [{ ...schedule, timeZone: 'BST' }, Date.now()])
  return doc
}

test('a webinar stored with an invalid zone by an older version is not refused', async ({
  newDevice,
  email
}) => {
  const device = await newDevice()
  const other = await newDevice()
  const { home, page } = device
  await home.goto()
  await home.createRoom('Clients')
  await putDocument(device, inBst('Before the account'))
  await expect(home.tile('Before the account')).toBeVisible()
  await device.signUp(email)
  await putDocument(device, inBst('Before it was synced'))
  await expect(home.tile('Before it was synced')).toBeVisible()
  await home.expectSynced()
  await other.signIn(email)
  for (const name of ['Before the account', 'Before it was synced']) {
    await expect(other.home.tile(name)).toContainText('05:00') // the engine took it for Bangladesh
    await expect(home.tile(name)).toContainText('05:00')
  }
  await expect(page.getByRole('status', { name: 'Notes' })).toBeEmpty()
})

test('S24 an app that is too old for the server asks for an update', async ({ newHost }) => {
  const device = await newHost('Clients')
  const { home, page } = device
  let protocol = PROTOCOL_VERSION + 1
  await page.routeWebSocket(/\/sync\//, socket => {
    socket.connectToServer().onMessage(message => {
      const bytes = Buffer.from(message)
      if (bytes[0] === HELLO) bytes[1] = protocol
      socket.send(typeof message === 'string' ? message : bytes)
    })
  })
  await page.reload()
  await expect(home.sync).toHaveText('Reload to update · saved on this device')
  await expect(home.tile('Clients')).toBeVisible()
  await expect(page.getByRole('button', { name: 'New room' })).toBeHidden()
  protocol = PROTOCOL_VERSION // as if the app were a later one
  await page.getByRole('status', { name: 'App version' }).getByRole('button', { name: 'Reload' }).click()
  await home.expectSynced()
})

test('a new version waits until it is accepted, and can be postponed until the next open', async ({
  newDevice
}) => {
  const device = await newDevice()
  const { home, page } = device
  await home.goto()
  await device.whenInstalled()
  await page.addInitScript(() => {
    // As if a later version had been put online and were on the device.
    Object.defineProperty(ServiceWorkerRegistration.prototype, 'waiting', {
      get: () => ({
        postMessage: (message: string) => {
          document.title = message
        }
      })
    })
  })
  await page.reload()
  const note = page.getByRole('status', { name: 'App version' })
  await expect(note).toContainText('A new version is ready')
  await note.getByRole('button', { name: 'Later' }).click()
  await expect(note).toHaveText('')
  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'History' })).toBeVisible()
  await expect(note).toHaveText('')
  await page.reload()
  await note.getByRole('button', { name: 'Reload' }).click()
  await expect(page).toHaveTitle('take-over')
})

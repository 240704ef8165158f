import { encodeUsage, FRAME } from '@foyer/sync/protocol'
import { expect, type Page } from '@playwright/test'
import type { Device } from '../device.ts'
import { addRooms } from '../many-items.ts'
import { putDocument } from '../put-document.ts'
import { makeSample, type Sample } from './sample.ts'

/** Whose device it is, and what was made there before. */
const OWNERS = {
  /** Somebody who has just come. */
  new: async ({ home }: Device) => {
    await home.goto()
  },
  /** Signed in, with rooms and webinars in each state. */
  host: async (device: Device, email: string) => {
    await furnish(device, makeSample(Date.now()))
    await device.signUp(email)
    await expect(device.home.tile('Daily stand-up')).toContainText('Live')
  },
  /** May look and join, not change. */
  viewer: async (device: Device) => {
    await furnish(device, makeSample(Date.now()), 'viewer')
  },
  /** With more rooms than fit on any screen, and the app itself on the device. */
  collector: async (device: Device) => {
    await device.home.goto()
    await device.whenInstalled()
    await addRooms(device, 300)
  }
}

export type Owner = keyof typeof OWNERS

export const owners = Object.keys(OWNERS) as Owner[]

/** Makes a device into one that this owner's views can be seen on. */
export const prepare = (owner: Owner, device: Device, email: string): Promise<void> =>
  OWNERS[owner](device, email)

const furnish = async (device: Device, { doc, used, idOf }: Sample, role = 'owner'): Promise<void> => {
  await showLive(device.page, idOf('Daily stand-up'), 3)
  await device.home.goto()
  await putDocument(device, doc)
  await device.page.getByRole('button', { name: 'Pin Clients', exact: true }).click()
  await device.page.goto('/manifest.webmanifest') // the app would write over it
  await writeFacts(device.page, { used, role })
  await device.home.goto()
}

/** As if so many people were in a room: what the server says of usage is followed by that. */
const showLive = (page: Page, itemId: string, live: number): Promise<void> =>
  page.context().routeWebSocket(/\/sync\//, socket => {
    socket.connectToServer().onMessage(message => {
      socket.send(message)
      if (message[0] === FRAME.hello || message[0] === FRAME.usage) {
        socket.send(Buffer.from(encodeUsage([{ itemId, lastUsedAt: 0, live }])))
      }
    })
  })

/** What the device knows beside the document: when things were used, and what its person may do. */
const writeFacts = (page: Page, facts: { used: Record<string, number>; role: string }): Promise<void> =>
  page.evaluate(async ({ used, role }) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => {
          resolve(request.result)
        }
        request.onerror = () => {
          reject(new Error('the device could not be furnished'))
        }
      })
    const database = await done(indexedDB.open('foyer-device'))
    const stores = database.transaction(['workspaces', 'shown', 'usage'], 'readwrite')
    const workspaces = stores.objectStore('workspaces')
    const id = (await done(stores.objectStore('shown').get('workspace'))) as string
    const record = (await done(workspaces.get(id))) as { id: string }
    await done(workspaces.put({ ...record, role }, id))
    await done(stores.objectStore('usage').put({ known: {}, pending: used }, record.id))
    database.close()
  }, facts)

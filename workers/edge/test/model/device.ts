import { setUpWorkspace } from '@foyer/doc'
import {
  createServerClock,
  createSyncClient,
  createTabChannel,
  createUsageLane,
  keepUnsynced,
  raiseStateVector
} from '@foyer/sync'
import type { SyncClient, TabChannel, UsageLane, UsageRecord } from '@foyer/sync'
import * as Y from 'yjs'
import { covers, type RunRecord } from './record.ts'
import type { VirtualTime } from './virtual-time.ts'

/** How long a write to the device's own storage takes, ms. */
const STORING_MS = 5

const FROM_STORAGE = Symbol('from storage')

/** What a device keeps when all its tabs are closed. */
interface Storage {
  updates: Uint8Array[]
  usage: UsageRecord
  clockOffset: number
  generation: number | null
  /** What the server is known to have stored. */
  stored: Map<number, number>
}

const emptyStorage = (): Storage => ({
  updates: [],
  usage: { known: {}, pending: {} },
  clockOffset: 0,
  generation: null,
  stored: new Map()
})

/**
 * A page of the app: its own copy of the document, in sync with the device's other pages and the
 * server.
 */
export class Tab {
  readonly doc = new Y.Doc()
  readonly usage: UsageLane
  readonly client: SyncClient
  readonly clock
  readonly #channel: TabChannel

  constructor(device: Device) {
    const { doc } = this
    const { storage, time, record } = device
    const stored = new Map(storage.stored)
    keepUnsynced(doc, () => stored)
    for (const update of storage.updates) Y.applyUpdate(doc, update, FROM_STORAGE)
    doc.on('update', update => {
      device.store(() => storage.updates.push(update))
    })
    doc.on('afterTransaction', transaction => {
      if (transaction.local) record.wrote(device.userId, transaction)
    })
    this.usage = createUsageLane({
      load: () => Promise.resolve(storage.usage),
      save: usage => {
        device.store(() => (storage.usage = usage))
        return Promise.resolve()
      }
    })
    this.clock = createServerClock(
      storage.clockOffset,
      offset => (storage.clockOffset = offset),
      () => time.now + device.clockError
    )
    this.#channel = createTabChannel({ name: device.host, doc, usage: this.usage })
    this.client = createSyncClient({
      doc,
      url: `ws://${device.host}/sync/w`,
      usage: this.usage,
      clock: this.clock,
      generation: storage.generation,
      whenLoaded: Promise.resolve(),
      onGeneration: generation => (storage.generation = generation),
      onStored: news => {
        raiseStateVector(stored, news)
        device.store(() => raiseStateVector(storage.stored, news))
      },
      onSynced: stateVector => {
        if (!covers(record.durable, Y.decodeStateVector(stateVector)))
          record.fault(`${device.host} was told that it is synced, and it is not`)
      }
    })
  }

  close(): void {
    this.client.destroy()
    this.#channel.destroy()
    this.doc.destroy()
  }
}

export interface DeviceOptions {
  host: string
  userId: string
  time: VirtualTime
  record: RunRecord
  /** How much its own clock is ahead, ms. */
  clockError: number
}

/** One person's device, with a clock of its own and any number of tabs. */
export class Device {
  readonly host: string
  readonly userId: string
  readonly time: VirtualTime
  readonly record: RunRecord
  clockError: number
  /** How far its clock was set back in all, ms: by so much its times may be too early. */
  steppedBackMs = 0
  storage = emptyStorage()
  tabs: Tab[] = []
  #storing: (() => void)[] = []

  constructor({ host, userId, time, record, clockError }: DeviceOptions) {
    this.host = host
    this.userId = userId
    this.time = time
    this.record = record
    this.clockError = clockError
  }

  openTab(): Tab {
    const tab = new Tab(this)
    this.tabs.push(tab)
    return tab
  }

  closeTab(tab: Tab): void {
    this.tabs = this.tabs.filter(other => other !== tab)
    tab.close()
  }

  store(write: () => void): void {
    this.#storing.push(write)
    this.time.after(STORING_MS, () => {
      const index = this.#storing.indexOf(write)
      if (index < 0) return // it was lost in a crash
      this.#storing.splice(index, 1)
      write()
    })
  }

  /** All pages are loaded anew, from what is stored. */
  reload(): void {
    for (const write of this.#storing.splice(0)) write()
    this.#reopen()
  }

  /** Like `reload`, but what was just about to be stored is lost. */
  crash(): void {
    this.#loseMarks(2 * STORING_MS)
    this.#storing = []
    this.#reopen()
  }

  /** Signs out and in again: the device's copy is the server's. */
  forget(): void {
    this.#loseMarks(Infinity)
    this.#storing = []
    this.storage = { ...emptyStorage(), clockOffset: this.storage.clockOffset }
    this.#reopen()
  }

  /** Makes the workspace that the others will join. */
  begin(): void {
    const tab = this.openTab()
    setUpWorkspace(tab.doc, 'Studio', tab.clock.now())
  }

  #loseMarks(ofLastMs: number): void {
    const { host, record, time } = this
    record.marks = record.marks.filter(
      ({ device, trueAt }) => device !== host || trueAt < time.now - ofLastMs
    )
  }

  #reopen(): void {
    const count = Math.max(1, this.tabs.length)
    for (const tab of this.tabs) tab.close()
    this.tabs = []
    for (let i = 0; i < count; i++) this.openTab()
  }
}

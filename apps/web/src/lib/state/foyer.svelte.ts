import { copyItems } from '@foyer/doc'
import { createServerClock } from '@foyer/sync'
import { createContext } from 'svelte'
import { createDeviceStore } from '#lib/device/device-store.ts'
import type { WorkspaceRecord } from '#lib/device/workspace-record.ts'
import { readClockOffset, writeClockOffset } from '#lib/device/clock-offset.ts'
import { Messages } from './messages.svelte.ts'
import { createNow } from './now.svelte.ts'
import { OpenWorkspace } from './open-workspace.svelte.ts'

/** The app's state: made once by the root layout, handed down by context. */
export class Foyer {
  /** The workspace on the screen; null until this device's copy was looked for. */
  workspace = $state.raw<OpenWorkspace | null>(null)
  record = $state.raw<WorkspaceRecord | null>(null)
  /** This device's copy was looked for, and read where there is one. */
  opened = $state(false)
  /** Changes are not being saved on this device (private mode, full disk). */
  storageFails = $state(false)

  readonly messages = new Messages()
  readonly clock = createServerClock(readClockOffset(), writeClockOffset)
  readonly now = createNow(() => this.clock.now())
  readonly device = createDeviceStore(error => {
    this.#onTrouble(error)
  })
  readonly #otherTabs = new BroadcastChannel('foyer-device')

  constructor() {
    this.#otherTabs.onmessage = () => void this.#followOtherTab()
  }

  get canEdit(): boolean {
    return this.record !== null && this.record.role !== 'viewer'
  }

  /**
   * Shows what is on the device.
   * @param make a guest who only opened a link gets no workspace of their own
   */
  async open({ make }: { make: boolean }) {
    const record = make ? await this.device.currentOrNew() : await this.device.readCurrent()
    // Another call, or another tab's word, may have come first.
    const workspace = this.workspace ?? (record === undefined ? null : this.#show(record))
    await workspace?.whenLoaded
    this.opened = true
  }

  /** Keeps what is now known of the current workspace: whose it is, or that the server holds it. */
  async update(record: WorkspaceRecord) {
    this.record = record
    await this.device.writeCurrent(record)
    this.#otherTabs.postMessage('changed')
    if (record.adopted) this.workspace?.connect()
  }

  /**
   * Shows another workspace instead, and deletes this device's copy of the one before.
   * @returns how many items of that one were copied into the new one
   */
  async replace(record: WorkspaceRecord, { keepItems }: { keepItems: boolean }): Promise<number> {
    const before = this.workspace
    await before?.whenLoaded
    const next = this.#show(record)
    await next.whenLoaded
    let copied = 0
    if (keepItems && before !== null) {
      copied = copyItems(before.doc, next.doc)
      next.usage.takePending(before.usage.pending())
      await next.flush()
    }
    await this.device.writeCurrent(record)
    this.#otherTabs.postMessage('changed')
    if (before !== null && before.id !== record.id) {
      before.close()
      await this.device.forget(before.id)
    }
    return copied
  }

  #show(record: WorkspaceRecord): OpenWorkspace {
    const workspace = new OpenWorkspace({
      record,
      device: this.device,
      clock: this.clock,
      onTrouble: error => {
        this.#onTrouble(error)
      },
      onRecovered: () => {
        this.storageFails = false
      },
      onNotice: message => {
        this.messages.say(message)
      }
    })
    if (record.adopted) workspace.connect()
    this.record = record
    this.workspace = workspace
    return workspace
  }

  /** Another tab signed in or out: this one shows the same. */
  async #followOtherTab() {
    const record = await this.device.readCurrent()
    if (record === undefined) return
    if (record.id === this.workspace?.id) {
      this.record = record
      if (record.adopted) this.workspace.connect()
      return
    }
    const before = this.workspace
    this.#show(record)
    before?.close()
  }

  #onTrouble(error: unknown) {
    console.error('this device could not store a change', error)
    this.storageFails = true
  }
}

export const [getFoyer, setFoyer] = createContext<Foyer>()

import { can, parseRole } from '@foyer/access'
import { CLOSE, createServerClock, openChannel, type SyncClient } from '@foyer/sync'
import { createContext } from 'svelte'
import { createDeviceStore } from '#lib/device/device-store.ts'
import type { WorkspaceRecord } from '#lib/device/workspace-record.ts'
import { Pictures } from '#lib/pictures/pictures.svelte.ts'
import { readClockOffset, writeClockOffset } from '#lib/device/clock-offset.ts'
import { carryOverPins } from '#lib/pins/pin-store.ts'
import { Pins } from '#lib/pins/pins.svelte.ts'
import { Messages } from '#lib/ui/toasts.svelte.ts'
import { createNow } from '#lib/reactive/now.svelte.ts'
import { OpenWorkspace } from './open-workspace.svelte.ts'
import { readSeenItems, type SeenItems } from './seen-items.ts'
import type { WorkspaceItems } from '#lib/workspace/lists/workspace-items.svelte.ts'

/** The app's state: made once by the root layout, handed down by context. */
export class Foyer {
  /** The workspace on the screen; null until this device's copy was looked for. */
  workspace = $state.raw<OpenWorkspace | null>(null)
  record = $state.raw<WorkspaceRecord | null>(null)
  /** This device's copy was looked for, and read where there is one. */
  opened = $state(false)
  #seen = $state.raw<SeenItems | null>(null)
  #documentFails = $state(false)
  #deviceFails = $state(false)
  /** The copy that is being made in place of the one on the screen. */
  #beside = $state.raw<OpenWorkspace | null>(null)
  #renewing = false
  #opening: { make: boolean; done: Promise<void> } | null = null

  readonly messages = new Messages()
  readonly clock = createServerClock(readClockOffset(), writeClockOffset)
  readonly pins = new Pins(this)
  readonly now = createNow(() => this.clock.now())
  readonly device = createDeviceStore({
    onTrouble: error => {
      complain(error)
      this.#deviceFails = true
    },
    onRecovered: () => {
      this.#deviceFails = false
    }
  })
  readonly pictures = new Pictures(this)
  readonly #otherTabs = openChannel('foyer-device')

  constructor() {
    this.#otherTabs.onmessage = () => void this.#followOtherTab()
  }

  /** Changes are not being saved on this device (private mode, full disk). */
  get storageFails(): boolean {
    return this.#documentFails || this.#deviceFails
  }

  /** What Home showed when it was last seen, until the document of the very workspace is loaded. */
  get seen(): SeenItems | null {
    const { workspace } = this
    if (workspace !== null && (workspace.loaded || workspace.id !== this.#seen?.workspaceId)) return null
    return this.#seen
  }

  /** What is known of the items on the screen. */
  get items(): WorkspaceItems | SeenItems | null {
    return this.seen ?? this.workspace?.items ?? null
  }

  /** The workspace on the screen, or about to be there. */
  get workspaceId(): string | undefined {
    return this.workspace?.id ?? this.#seen?.workspaceId
  }

  /** The connection that stands for the workspace on the screen; null before there is one. */
  get sync(): SyncClient | null {
    return (this.#beside ?? this.workspace)?.sync?.current ?? null
  }

  /** Does the server hear of changes as they are made? */
  get isConnected(): boolean {
    const status = this.sync?.status
    return status === 'syncing' || status === 'synced'
  }

  get canEdit(): boolean {
    const role = parseRole(this.sync?.role ?? this.record?.role)
    return can(role, 'edit-items') && !this.isOutdated && this.sync?.closeCode !== CLOSE.notAMember
  }

  /** What the document calls the workspace; before it has come to this device, what the server does. */
  get workspaceName(): string {
    return this.workspace?.name ?? this.record?.name ?? ''
  }

  /** This app is older than the document, or than what the server speaks. */
  get isOutdated(): boolean {
    return this.workspace?.isNewer === true || this.sync?.closeCode === CLOSE.appTooOld
  }

  /** Is there an account, and has the item changes that it does not have? */
  isUnsynced({ id }: { id: string }): boolean {
    return this.record?.account != null && this.items?.isUnsynced(id) === true
  }

  /**
   * Shows what is on the device. Asked for again, it is not read again.
   * @param options.make a guest who only opened a link gets no workspace of their own
   * @param options.view Home comes next, shown so: what was last seen of it stands there until the document is loaded
   */
  open(options: { make: boolean; view?: string | undefined }): Promise<void> {
    const { make } = options
    if (this.#opening === null || (make && !this.#opening.make)) {
      this.#opening = { make, done: this.#openCopy(options) }
    }
    return this.#opening.done
  }

  async #openCopy({ make, view }: { make: boolean; view?: string | undefined }) {
    const [record, screen] = await Promise.all([
      make ? this.device.currentOrNew() : this.device.readCurrent(),
      view === undefined ? undefined : this.device.readScreen()
    ])
    if (this.workspace === null && record !== undefined && view !== undefined) {
      this.record = record
      this.#seen = readSeenItems(screen, { workspaceId: record.id, view })
    }
    const copy = record === undefined ? undefined : await this.device.readCopy(record.id)
    // Another call, or another tab's word, may have come first.
    if (this.workspace === null && record !== undefined && copy !== undefined) {
      const workspace = this.#show(record, this.#open(record, copy.copy))
      await workspace.whenLoaded
      if (copy.before !== null) {
        const { finishRenewal } = await import('#lib/workspace/repair/renew-copy.ts')
        await finishRenewal(this.device, workspace, copy)
      }
    }
    await this.workspace?.whenLoaded
    this.opened = true
    await this.pictures.finishMoves()
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
    // First of all: it may have to come over the network.
    const { copyItems } = await import('./copy-items.ts')
    const before = this.workspace
    await before?.whenLoaded
    const { copy } = await this.device.readCopy(record.id)
    this.#beside?.close()
    if (keepItems && before !== null) carryOverPins(before.id, record.id)
    const next = this.#show(record, this.#open(record, copy))
    await next.whenLoaded
    let copied = 0
    let keepPictures = false
    if (keepItems && before !== null) {
      copied = copyItems(before.doc, next.doc)
      next.usage.takePending(before.usage.pending())
      keepPictures = !(await this.pictures.move(before.id, record.id))
      await next.flush()
    }
    await this.device.writeCurrent(record)
    this.#otherTabs.postMessage('changed')
    if (before !== null && before.id !== record.id) {
      before.close()
      await this.device.forget(before.id, { keepPictures })
    }
    return copied
  }

  #open(record: WorkspaceRecord, copy: number, before?: OpenWorkspace): OpenWorkspace {
    return new OpenWorkspace({
      record,
      copy,
      device: this.device,
      clock: this.clock,
      ...(before === undefined ? {} : { usage: before.usage }),
      onTrouble: error => {
        complain(error)
        this.#documentFails = true
      },
      onRecovered: () => {
        this.#documentFails = false
      },
      onReleased: workspace => void this.#onReleased(workspace),
      onRefused: workspace => void this.#onRefused(workspace)
    })
  }

  #show(record: WorkspaceRecord, workspace: OpenWorkspace): OpenWorkspace {
    if (record.adopted) workspace.connect()
    this.record = record
    this.workspace = workspace
    this.#documentFails = false
    return workspace
  }

  /** The server takes nothing more of this copy: where that can be repaired, another takes its place. */
  async #onRefused(refused: OpenWorkspace) {
    const { record } = this
    if (this.#renewing || refused !== this.workspace || record === null) return
    this.#renewing = true
    try {
      const { renewCopy } = await import('#lib/workspace/repair/renew-copy.ts')
      await renewCopy(
        {
          device: this.device,
          open: copy => (this.#beside = this.#open(record, copy, refused)),
          show: next => {
            this.workspace = next
            this.#documentFails = false
            this.#otherTabs.postMessage('changed')
          },
          isCurrent: workspace => workspace === this.workspace,
          follow: () => this.#followOtherTab()
        },
        refused
      )
    } catch (error) {
      console.error('the copy could not be renewed', error)
    } finally {
      this.#renewing = false
      this.#beside = null
    }
    // It was refused while it was being put in place.
    const now = this.workspace
    if (now !== refused && now.sync?.current.status === 'refused') void this.#onRefused(now)
  }

  /** Another tab has signed out, or dropped a copy that it renewed. Else the log is needed: it is written anew. */
  async #onReleased(workspace: OpenWorkspace) {
    await this.#followOtherTab()
    if (workspace === this.workspace) workspace.resume()
  }

  /** Another tab signed in or out, or has another copy: this one shows the same. */
  async #followOtherTab() {
    const record = await this.device.readCurrent()
    const copy = record === undefined ? undefined : await this.device.readCopy(record.id)
    const before = this.workspace
    if (record === undefined || copy === undefined) return
    if (record.id === before?.id && copy.copy === before.copy) {
      this.record = record
      if (record.adopted) before.connect()
      return
    }
    if (record.id !== before?.id) {
      this.#show(record, this.#open(record, copy.copy))
      before?.close()
      return
    }
    const next = this.#open(record, copy.copy, before)
    await next.whenLoaded
    if (this.workspace !== before) {
      next.close() // followed twice
      return
    }
    if (copy.carriesOver) {
      const { carryOverUnsynced } = await import('#lib/workspace/repair/renew-copy.ts')
      carryOverUnsynced(before, next.doc)
    }
    this.#show(record, next)
    before.close()
  }
}

const complain = (error: unknown) => {
  console.error('this device could not store a change', error)
}

export const [getFoyer, setFoyer] = createContext<Foyer>()

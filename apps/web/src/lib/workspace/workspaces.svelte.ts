import { can, parseRole } from '@foyer/access'
import { InvalidValueError } from '@foyer/doc'
import { CLOSE, openChannel, type ServerClock, type SyncClient } from '@foyer/sync'
import { createContext } from 'svelte'
import type * as Y from 'yjs'
import { createDeviceStore } from '#lib/device/device-store.ts'
import type { WorkspaceRecord } from '#lib/device/workspace-record.ts'
import { readSnapshotItems, type SnapshotItems } from '#lib/workspace/lists/snapshot-items.ts'
import type { WorkspaceItems } from '#lib/workspace/lists/workspace-items.svelte.ts'
import { OpenWorkspace } from '#lib/workspace/open/open-workspace.svelte.ts'
import type { RefusedState } from '#lib/workspace/open/sync-state.ts'
import type { Companions } from './companions.ts'

/** This device's workspaces: which one is on the screen, and how another takes its place. */
export class Workspaces {
  /** The one on the screen; null until this device's copy was looked for. */
  current = $state.raw<OpenWorkspace | null>(null)
  /** Whose it is, and by which role, as the device knows it. */
  record = $state.raw<WorkspaceRecord | null>(null)
  /** This device's copy was looked for, and read where there is one. */
  opened = $state(false)
  #snapshot = $state.raw<SnapshotItems | null>(null)
  #documentFails = $state(false)
  #deviceFails = $state(false)
  /** The copy that is being made in place of the one on the screen. */
  #beside = $state.raw<OpenWorkspace | null>(null)
  #renewing = false
  #opening: { make: boolean; done: Promise<void> } | null = null

  /** The server's time, as far as this device knows it. */
  readonly clock: ServerClock
  readonly device = createDeviceStore({
    onTrouble: error => {
      reportStorageError(error)
      this.#deviceFails = true
    },
    onRecovered: () => {
      this.#deviceFails = false
    }
  })
  readonly #companions: Companions
  readonly #otherTabs = openChannel('foyer-device')

  constructor(clock: ServerClock, companions: Companions) {
    this.clock = clock
    this.#companions = companions
    this.#otherTabs.onmessage = () => void this.#followOtherTab()
  }

  /** Changes are not being saved on this device (private mode, full disk). */
  get storageFails(): boolean {
    return this.#documentFails || this.#deviceFails
  }

  /** What Home showed when it was last snapshot, until the document of the very workspace is loaded. */
  get snapshot(): SnapshotItems | null {
    const { current } = this
    if (current !== null && (current.loaded || current.id !== this.#snapshot?.workspaceId)) return null
    return this.#snapshot
  }

  /** What is known of the items on the screen. */
  get items(): WorkspaceItems | SnapshotItems | null {
    return this.snapshot ?? this.current?.items ?? null
  }

  /** The id of the one on the screen, or about to be there. */
  get currentId(): string | undefined {
    return this.current?.id ?? this.#snapshot?.workspaceId
  }

  /** The connection that stands for the workspace on the screen; null before there is one. */
  get sync(): SyncClient | null {
    return (this.#beside ?? this.current)?.sync?.current ?? null
  }

  /** What is said where the server ends that connection for good. */
  get refusedState(): RefusedState | null {
    return (this.#beside ?? this.current)?.refusedState ?? null
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
  get name(): string {
    return this.current?.name ?? this.record?.name ?? ''
  }

  /** This app is older than the document, or than what the server speaks. */
  get isOutdated(): boolean {
    return this.current?.isNewer === true || this.sync?.closeCode === CLOSE.appTooOld
  }

  /** Is there an account, and has the item changes that it does not have? */
  isUnsynced({ id }: { id: string }): boolean {
    return this.record?.account != null && this.items?.isUnsynced(id) === true
  }

  /**
   * Changes the document on the screen: the one way in which the app's pages write to it.
   * @param change returns what was made of it; its values are checked where they are written
   * @param onRefused hears why a value was refused; nothing was changed then
   * @returns what `change` returns; null where nothing may be changed, or it was refused
   */
  edit<T>(change: (doc: Y.Doc, now: number) => T, onRefused: (error: InvalidValueError) => void): T | null {
    if (this.current === null || !this.canEdit) return null
    try {
      return change(this.current.doc, this.clock.now())
    } catch (error) {
      if (!(error instanceof InvalidValueError)) throw error
      onRefused(error)
      return null
    }
  }

  /**
   * Shows what is on the device. Asked for again, it is not read again.
   * @param options.make a guest who only opened a link gets no workspace of their own
   * @param options.view Home comes next, shown so: what was last snapshot of it stands there until the document is loaded
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
      view === undefined ? undefined : this.device.readHomeSnapshot()
    ])
    if (this.current === null && record !== undefined && view !== undefined) {
      this.record = record
      this.#snapshot = readSnapshotItems(screen, { workspaceId: record.id, view })
    }
    const copy = record === undefined ? undefined : await this.device.readCopy(record.id)
    // Another call, or another tab's word, may have come first.
    if (this.current === null && record !== undefined && copy !== undefined) {
      const workspace = this.#show(record, this.#open(record, copy.copy))
      await workspace.whenLoaded
      if (copy.before !== null) {
        const { finishRenewal } = await import('#lib/workspace/repair/renew-copy.ts')
        await finishRenewal(this.device, workspace, copy)
      }
    }
    await this.current?.whenLoaded
    this.opened = true
    await this.#companions.finishMoves()
  }

  /** Keeps what is now known of the current workspace: whose it is, or that the server holds it. */
  async update(record: WorkspaceRecord) {
    this.record = record
    await this.device.writeCurrent(record)
    this.#otherTabs.postMessage('changed')
    if (record.adopted) this.current?.connect()
  }

  /**
   * Shows another workspace instead, and deletes this device's copy of the one before.
   * @returns how many items of that one were copied into the new one
   */
  async replace(record: WorkspaceRecord, { keepItems }: { keepItems: boolean }): Promise<number> {
    // First of all: it may have to come over the network.
    const { replaceWorkspace } = await import('./replace-workspace.ts')
    const before = this.current
    await before?.whenLoaded
    this.#beside?.close()
    return replaceWorkspace(
      {
        device: this.device,
        companions: this.#companions,
        show: copy => this.#show(record, this.#open(record, copy)),
        onStored: () => {
          this.#otherTabs.postMessage('changed')
        }
      },
      { before, record, keepItems }
    )
  }

  #open(record: WorkspaceRecord, copy: number, before?: OpenWorkspace): OpenWorkspace {
    return new OpenWorkspace({
      record,
      copy,
      device: this.device,
      clock: this.clock,
      ...(before === undefined ? {} : { usage: before.usage }),
      onTrouble: error => {
        reportStorageError(error)
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
    this.current = workspace
    this.#documentFails = false
    return workspace
  }

  /** The server takes nothing more of this copy: where that can be repaired, another takes its place. */
  async #onRefused(refused: OpenWorkspace) {
    const { record } = this
    if (this.#renewing || refused !== this.current || record === null) return
    this.#renewing = true
    try {
      const { renewCopy } = await import('#lib/workspace/repair/renew-copy.ts')
      await renewCopy(
        {
          device: this.device,
          open: copy => (this.#beside = this.#open(record, copy, refused)),
          show: next => {
            this.current = next
            this.#documentFails = false
            this.#otherTabs.postMessage('changed')
          },
          isCurrent: workspace => workspace === this.current,
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
    const now = this.current
    if (now !== refused && now.sync?.current.status === 'refused') void this.#onRefused(now)
  }

  /** Another tab has signed out, or dropped a copy that it renewed. Else the log is needed: it is written anew. */
  async #onReleased(workspace: OpenWorkspace) {
    await this.#followOtherTab()
    if (workspace === this.current) workspace.resume()
  }

  /** Another tab signed in or out, or has another copy: this one shows the same. */
  async #followOtherTab() {
    const record = await this.device.readCurrent()
    const copy = record === undefined ? undefined : await this.device.readCopy(record.id)
    const before = this.current
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
    if (this.current !== before) {
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

const reportStorageError = (error: unknown) => {
  console.error('this device could not store a change', error)
}

export const [getWorkspaces, setWorkspaces] = createContext<Workspaces>()

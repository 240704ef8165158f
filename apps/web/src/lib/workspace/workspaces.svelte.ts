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

/** This device's workspaces: the current one, and switching to another. */
export class Workspaces {
  /** The open workspace; null until the device was read. */
  current = $state.raw<OpenWorkspace | null>(null)
  /** Account and role of the current workspace, as stored on the device. */
  record = $state.raw<WorkspaceRecord | null>(null)
  /** The device was read, and its copy loaded if there is one. */
  opened = $state(false)
  #snapshot = $state.raw<SnapshotItems | null>(null)
  #documentFails = $state(false)
  #deviceFails = $state(false)
  /** The copy that is about to replace the open one. */
  #beside = $state.raw<OpenWorkspace | null>(null)
  #renewing = false
  #opening: { make: boolean; done: Promise<void> } | null = null

  /** The server's time as known to this device. */
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

  /** Changes cannot be saved on this device (private mode, full disk). */
  get storageFails(): boolean {
    return this.#documentFails || this.#deviceFails
  }

  /** The Home snapshot, until the workspace's document is loaded. */
  get snapshot(): SnapshotItems | null {
    const { current } = this
    if (current !== null && (current.loaded || current.id !== this.#snapshot?.workspaceId)) return null
    return this.#snapshot
  }

  /** The current items, from the snapshot or the document. */
  get items(): WorkspaceItems | SnapshotItems | null {
    return this.snapshot ?? this.current?.items ?? null
  }

  /** The id of the workspace that is or will be shown. */
  get currentId(): string | undefined {
    return this.current?.id ?? this.#snapshot?.workspaceId
  }

  /** The copy whose connection stands for the workspace. */
  get #syncing(): OpenWorkspace | null {
    return this.#beside ?? this.current
  }

  /** The current workspace's sync client; null before syncing starts. */
  get sync(): SyncClient | null {
    return this.#syncing?.sync?.current ?? null
  }

  /** Describes a refused connection; null before syncing starts. */
  get refusedState(): RefusedState | null {
    return this.#syncing?.refusedState ?? null
  }

  /** Whether changes reach the server right away. */
  get isConnected(): boolean {
    const status = this.sync?.status
    return status === 'syncing' || status === 'synced'
  }

  get canEdit(): boolean {
    const role = parseRole(this.sync?.role ?? this.record?.role)
    return can(role, 'edit-items') && !this.isOutdated && this.sync?.closeCode !== CLOSE.notAMember
  }

  /** The workspace's name, from the document or, before it is loaded, the server. */
  get name(): string {
    return this.current?.name ?? this.record?.name ?? ''
  }

  /** This version is older than the document or the server's protocol. */
  get isOutdated(): boolean {
    return this.current?.isNewer === true || this.sync?.closeCode === CLOSE.appTooOld
  }

  /** Whether an item has unsynced changes; false without an account. */
  isUnsynced({ id }: { id: string }): boolean {
    return this.record?.account != null && this.items?.isUnsynced(id) === true
  }

  /**
   * Edits the current document. All pages write through this.
   * @param change makes the edit; invalid values throw
   * @param onRefused called if a value was refused; nothing was changed then
   * @returns the result of `change`; null if it was refused or editing is not allowed
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
   * Opens the device's workspace. Idempotent.
   * @param options.make creates a workspace if there is none; false for guests
   * @param options.view the view of Home, to show its snapshot until the document is loaded
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
    // Another call or another tab may have been first.
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

  /** Updates the current workspace's record. */
  async update(record: WorkspaceRecord) {
    this.record = record
    await this.device.writeCurrent(record)
    this.#otherTabs.postMessage('changed')
    if (record.adopted) this.current?.connect()
  }

  /**
   * Replaces the current workspace and deletes its copy from this device.
   * @returns the number of items copied into the new workspace
   */
  async replace(record: WorkspaceRecord, { keepItems }: { keepItems: boolean }): Promise<number> {
    // First, as loading it may fail.
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

  /** The server refuses this copy: replaces it if possible. */
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
    // Refused while it was replacing another copy.
    const now = this.current
    if (now !== refused && now.sync?.current.status === 'refused') void this.#onRefused(now)
  }

  /** Another tab signed out or renewed the copy; otherwise the log is stored again. */
  async #onReleased(workspace: OpenWorkspace) {
    await this.#followOtherTab()
    if (workspace === this.current) workspace.resume()
  }

  /** Follows another tab that signed in or out or switched to another copy. */
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
      next.close() // another call was first
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

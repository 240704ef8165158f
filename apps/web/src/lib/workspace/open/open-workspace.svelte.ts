import { can } from '@foyer/access'
import {
  createItemIndex,
  isNewerThanApp,
  migrateDocument,
  readItem,
  readWorkspaceName,
  setUpWorkspace,
  workspaceRoot,
  type ItemRef
} from '@foyer/doc'
import { countUnsynced, createTabChannel, createUsageLane, keepUnsynced } from '@foyer/sync'
import type { Notice, ServerClock, SyncClient, TabChannel, UsageLane } from '@foyer/sync'
import * as Y from 'yjs'
import type { CopyFacts } from '#lib/device/copy-facts.ts'
import { logName } from '#lib/device/copy-record.ts'
import type { DeviceStore } from '#lib/device/device-store.ts'
import { createDocumentStore } from '#lib/device/document-store.ts'
import type { WorkspaceRecord } from '#lib/device/workspace-record.ts'
import { External } from '#lib/reactive/external.svelte.ts'
import { createListeners } from '#lib/reactive/listeners.ts'
import { WorkspaceItems } from '#lib/workspace/lists/workspace-items.svelte.ts'
import type * as SyncCode from './sync-code.ts'
import type { RefusedState } from './sync-state.ts'
import { createUnsyncedItems } from './unsynced-items.ts'

export interface OpenWorkspaceOptions {
  record: WorkspaceRecord
  /** The number of the document's copy on this device. */
  copy: number
  device: DeviceStore
  clock: ServerClock
  /** The previous copy's lane, when this copy replaces it. */
  usage?: UsageLane
  onTrouble: (error: unknown) => void
  onRecovered: () => void
  /** Another tab deletes this copy's log. */
  onReleased: (workspace: OpenWorkspace) => void
  /** The server refuses this copy. */
  onRefused: (workspace: OpenWorkspace) => void
}

/** How often times in the future are lowered, after the clock was corrected. */
const CLOCK_CHECK_MS = 30_000

/** Retry interval for loading the sync client's code. */
const RETRY_MS = 5_000

/** An open workspace: one copy of its document, its storage and its sync. */
export class OpenWorkspace {
  readonly id: string
  readonly copy: number
  readonly doc = new Y.Doc()
  readonly usage
  readonly items
  /** Settles when this device's copy, if any, is loaded. */
  readonly whenLoaded: Promise<void>
  loaded = $state(false)
  /** Null until syncing starts. */
  sync = $state.raw<External<SyncClient> | null>(null)
  /** Null until the sync client is loaded. */
  refusedState: RefusedState | null = null
  /** Unread notes about refused changes. */
  notes = $state.raw<readonly string[]>([])

  #client: SyncClient | null = null
  #wantsSync = false
  /** Loading the sync client's code, which is not part of Home's first load. */
  #starting: Promise<void> | null = null
  readonly #options: OpenWorkspaceOptions
  readonly #store
  #tabs: TabChannel | null = null
  #closed = false
  readonly #index
  readonly #isNewer
  readonly #name
  readonly #onStored = createListeners()
  readonly #onClose = createListeners()
  readonly #clockTimer

  constructor(options: OpenWorkspaceOptions) {
    const { record, copy, device, onTrouble, onRecovered } = options
    const { doc } = this
    this.#options = options
    this.id = record.id
    this.copy = copy
    this.usage = options.usage ?? createUsageLane(device.usageOf(record.id), () => options.clock.now())
    this.#index = createItemIndex(doc)
    keepUnsynced(doc, () => this.facts.stored)
    const name = logName(record.id, copy)
    const onReleased = () => options.onReleased(this)
    this.#store = createDocumentStore({ name, doc, onTrouble, onRecovered, onReleased })
    const unsynced = createUnsyncedItems(doc, () => this.#store.facts.stored)
    this.items = new WorkspaceItems(
      this.#index,
      this.usage,
      new External(listener => this.#onStoredOrEdited(listener), unsynced)
    )
    const onWorkspaceEntry = (listener: () => void) => {
      workspaceRoot(doc).observe(listener)
      return () => workspaceRoot(doc).unobserve(listener)
    }
    this.#isNewer = new External(onWorkspaceEntry, () => isNewerThanApp(doc))
    this.#name = new External(onWorkspaceEntry, () => readWorkspaceName(doc))
    window.addEventListener('pagehide', this.#store.leave)
    this.#clockTimer = setInterval(() => {
      this.usage.settleFuture()
    }, CLOCK_CHECK_MS)
    this.whenLoaded = this.#load()
  }

  async #load() {
    const { record, clock } = this.#options
    await Promise.all([this.#store.whenLoaded, this.usage.whenLoaded])
    if (this.#closed) return
    // After loading: other tabs have the stored updates. One channel per copy.
    const name = `foyer-${record.id}-${String(this.copy)}`
    this.#tabs = createTabChannel({ name, doc: this.doc, usage: this.usage })
    this.notes = this.facts.notes
    if (readWorkspaceName(this.doc) === undefined) {
      if (!record.adopted) setUpWorkspace(this.doc, record.name, clock.now())
    } else if (can(record.role, 'edit-items')) migrateDocument(this.doc, clock.now())
    this.loaded = true
    if (this.#wantsSync) void this.#startSync()
  }

  /** The document was written by a newer version: this one is read-only. */
  get isNewer(): boolean {
    return this.#isNewer.current
  }

  /** The workspace's name; undefined before the document is loaded. */
  get name(): string | undefined {
    return this.#name.current
  }

  /** Facts about this copy. */
  get facts(): CopyFacts {
    return this.#store.facts
  }

  note(news: Partial<CopyFacts>) {
    this.#store.note(news)
    if (news.notes !== undefined) this.notes = news.notes
  }

  /** Starts syncing, or retries at once. */
  connect() {
    this.#wantsSync = true
    if (this.#client !== null) this.#client.retryNow()
    else if (this.loaded) void this.#startSync()
  }

  /** Settles when syncing has started or failed to start. */
  #startSync(): Promise<void> {
    return (this.#starting ??= import('./sync-code.ts').then(
      ({ createSyncClient, trackUnsyncedCount, mendUnsyncedZones, refusedState }) => {
        if (this.#closed) return
        this.#onClose.add(
          trackUnsyncedCount(this, count => void this.#options.device.writeUnsyncedCount(this.id, count))
        )
        this.refusedState = refusedState
        mendUnsyncedZones(this.doc, this.facts.stored)
        this.#syncWith(createSyncClient)
      },
      () => {
        this.#starting = null
        setTimeout(() => {
          if (!this.#closed) void this.#startSync()
        }, RETRY_MS)
      }
    ))
  }

  #syncWith(createSyncClient: typeof SyncCode.createSyncClient) {
    const client = createSyncClient({
      doc: this.doc,
      url: `${location.origin.replace('http', 'ws')}/sync/${this.id}`,
      generation: this.facts.generation,
      usage: this.usage,
      clock: this.#options.clock,
      whenLoaded: this.whenLoaded,
      onGeneration: generation => this.#store.note({ generation }),
      onStored: stored => {
        this.#store.note({ stored })
        this.#onStored.notify()
      },
      onSynced: () => {
        if (this.facts.renewals > 0) this.#store.note({ renewals: 0 })
      }
    })
    this.#client = client
    this.#listen(client)
    this.sync = new External(
      listener => client.subscribe(listener),
      () => client
    )
  }

  #listen(client: SyncClient) {
    let { notice, status } = client
    client.subscribe(() => {
      if (client.notice !== null && client.notice !== notice) void this.#onNotice(client.notice)
      notice = client.notice
      if (client.status === 'refused' && status !== 'refused') this.#options.onRefused(this)
      status = client.status
    })
  }

  /** The server reverted a change. */
  async #onNotice(notice: Notice) {
    // Rarely needed: kept out of Home's first load.
    const { addNote, refusalWords } = await import('#lib/workspace/refusals/refusal-words.ts')
    if (this.#closed) return
    const words = refusalWords(notice, ref => this.#nameOf(ref))
    if (words !== null) this.note({ notes: addNote(this.notes, words) })
  }

  #nameOf(ref: ItemRef): string | undefined {
    return readItem(this.doc, ref)?.name
  }

  /** Notifies when the unsynced changes may have changed. @returns removes the listener */
  onUnsyncedChange(listener: () => void): () => void {
    const cleanups = [this.#onStoredOrEdited(listener), this.usage.subscribe(listener)]
    return () => {
      for (const cleanup of cleanups) cleanup()
    }
  }

  #onStoredOrEdited(listener: () => void): () => void {
    const offStored = this.#onStored.add(listener)
    this.doc.on('afterTransaction', listener)
    return () => {
      offStored()
      this.doc.off('afterTransaction', listener)
    }
  }

  /** Settles when the document is synced (true) or the server refuses it (false). */
  async whenSynced(): Promise<boolean> {
    await this.whenLoaded
    await this.#starting
    const client = this.#client
    const isSettled = () => this.#closed || client === null || ['synced', 'refused'].includes(client.status)
    if (!isSettled()) {
      await new Promise<void>(resolve => {
        const check = () => {
          if (!isSettled()) return
          offClient?.()
          offClose()
          resolve()
        }
        const offClient = client?.subscribe(check)
        const offClose = this.#onClose.add(check)
      })
    }
    return !this.#closed && client?.status === 'synced'
  }

  /** The number of unsynced changes. */
  countUnsynced(): number {
    return countUnsynced(this.doc, this.facts.stored)
  }

  /** Settles when all changes so far are stored (true) or failed to be (false). */
  flush(): Promise<boolean> {
    return this.#store.flush()
  }

  /** Stores the document again after another tab deleted the log. */
  resume() {
    this.#store.resume()
  }

  close() {
    this.#closed = true
    this.#onClose.notify()
    this.#client?.destroy()
    this.#tabs?.destroy()
    window.removeEventListener('pagehide', this.#store.leave)
    clearInterval(this.#clockTimer)
    this.#store.close()
    this.items.destroy()
    this.#index.destroy()
    this.doc.destroy()
  }
}

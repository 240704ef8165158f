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
  /** Which copy of the document on this device. */
  copy: number
  device: DeviceStore
  clock: ServerClock
  /** The lane of the copy before, where this one takes its place. */
  usage?: UsageLane
  onTrouble: (error: unknown) => void
  onRecovered: () => void
  /** Another tab deletes this copy's log. */
  onReleased: (workspace: OpenWorkspace) => void
  /** The server takes nothing more of this copy. */
  onRefused: (workspace: OpenWorkspace) => void
}

/** So soon after a person has set the clock right, times that it put into the future are lowered. */
const LOOK_AT_CLOCK_MS = 30_000

/** Without a network the sync client's code may not be here yet. */
const START_AGAIN_MS = 5_000

/** A workspace while this page shows it: one copy of its document, what is stored of it here, and its sync. */
export class OpenWorkspace {
  readonly id: string
  readonly copy: number
  readonly doc = new Y.Doc()
  readonly usage
  readonly items
  /** Settles when this device's copy is on the screen, also where there is none. */
  readonly whenLoaded: Promise<void>
  loaded = $state(false)
  /** Null until there is a server to sync with. */
  sync = $state.raw<External<SyncClient> | null>(null)
  /** Null until there is a connection that the server could end. */
  refusedState: RefusedState | null = null
  /** What the person has yet to read of refused changes. */
  notes = $state.raw<readonly string[]>([])

  #client: SyncClient | null = null
  #wantsSync = false
  /** The sync client's code is no part of Home's first load: what is on the device is shown without it. */
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
    }, LOOK_AT_CLOCK_MS)
    this.whenLoaded = this.#load()
  }

  async #load() {
    const { record, clock } = this.#options
    await Promise.all([this.#store.whenLoaded, this.usage.whenLoaded])
    if (this.#closed) return
    // Not before: other tabs need not hear what they have stored themselves. Copies do not mix.
    const name = `foyer-${record.id}-${String(this.copy)}`
    this.#tabs = createTabChannel({ name, doc: this.doc, usage: this.usage })
    this.notes = this.facts.notes
    if (readWorkspaceName(this.doc) === undefined) {
      if (!record.adopted) setUpWorkspace(this.doc, record.name, clock.now())
    } else if (can(record.role, 'edit-items')) migrateDocument(this.doc, clock.now())
    this.loaded = true
    if (this.#wantsSync) void this.#startSync()
  }

  /** A later app has written the document: this one reads it, and writes nothing. */
  get isNewer(): boolean {
    return this.#isNewer.current
  }

  /** What the document calls the workspace; undefined before it has come to this device. */
  get name(): string | undefined {
    return this.#name.current
  }

  /** What is known of this copy. */
  get facts(): CopyFacts {
    return this.#store.facts
  }

  note(news: Partial<CopyFacts>) {
    this.#store.note(news)
    if (news.notes !== undefined) this.notes = news.notes
  }

  /** Begins to sync, or tries again at once. */
  connect() {
    this.#wantsSync = true
    if (this.#client !== null) this.#client.retryNow()
    else if (this.loaded) void this.#startSync()
  }

  /** Settles when it has begun, or could not for now. */
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
        }, START_AGAIN_MS)
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

  /** The server has put something back, and says what. */
  async #onNotice(notice: Notice) {
    // Rarely needed, so no part of Home's first load.
    const { addNote, refusalWords } = await import('#lib/workspace/refusals/refusal-words.ts')
    if (this.#closed) return
    const words = refusalWords(notice, ref => this.#nameOf(ref))
    if (words !== null) this.note({ notes: addNote(this.notes, words) })
  }

  #nameOf(ref: ItemRef): string | undefined {
    return readItem(this.doc, ref)?.name
  }

  /** Called when what the server does not have may be another. @returns ends it */
  onUnsyncedChange(listener: () => void): () => void {
    const ends = [this.#onStoredOrEdited(listener), this.usage.subscribe(listener)]
    return () => {
      for (const end of ends) end()
    }
  }

  #onStoredOrEdited(listener: () => void): () => void {
    const endStored = this.#onStored.add(listener)
    this.doc.on('afterTransaction', listener)
    return () => {
      endStored()
      this.doc.off('afterTransaction', listener)
    }
  }

  /** Settles when the server has all of this document (true), or will not have it (false). */
  async whenSynced(): Promise<boolean> {
    await this.whenLoaded
    await this.#starting
    const client = this.#client
    const isSettled = () => this.#closed || client === null || ['synced', 'refused'].includes(client.status)
    if (!isSettled()) {
      await new Promise<void>(resolve => {
        const look = () => {
          if (!isSettled()) return
          endClient?.()
          endClose()
          resolve()
        }
        const endClient = client?.subscribe(look)
        const endClose = this.#onClose.add(look)
      })
    }
    return !this.#closed && client?.status === 'synced'
  }

  /** How many changes made here the server does not have yet. */
  countUnsynced(): number {
    return countUnsynced(this.doc, this.facts.stored)
  }

  /** Settles when all changes so far are stored on the device (true), or could not be. */
  flush(): Promise<boolean> {
    return this.#store.flush()
  }

  /** Stores again, though another tab has deleted the log. */
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

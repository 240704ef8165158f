import { createItemIndex, migrateDocument, readWorkspaceName, setUpWorkspace } from '@foyer/doc'
import { countUnsynced, createSyncClient, createTabChannel, createUsageLane } from '@foyer/sync'
import type { ServerClock, SyncClient, TabChannel } from '@foyer/sync'
import * as Y from 'yjs'
import type { DeviceStore } from '#lib/device/device-store.ts'
import { createDocumentStore } from '#lib/device/document-store.ts'
import { documentDatabaseName, type WorkspaceRecord } from '#lib/device/workspace-record.ts'
import { External } from './external.svelte.ts'
import { WorkspaceItems } from './workspace-items.svelte.ts'

export interface OpenWorkspaceOptions {
  record: WorkspaceRecord
  device: DeviceStore
  clock: ServerClock
  onTrouble: (error: unknown) => void
  onRecovered: () => void
  /** The server refused a change, and says why. */
  onNotice: (message: string) => void
}

/** A workspace while this page shows it: its document, what is stored of it here, and its sync. */
export class OpenWorkspace {
  readonly id: string
  readonly doc = new Y.Doc()
  readonly usage
  readonly items
  /** Settles when this device's copy is on the screen, also where there is none. */
  readonly whenLoaded: Promise<void>
  loaded = $state(false)
  /** Null until there is a server to sync with. */
  sync = $state.raw<External<SyncClient> | null>(null)

  #client: SyncClient | null = null
  readonly #options: OpenWorkspaceOptions
  readonly #store
  #tabs: TabChannel | null = null
  #closed = false
  readonly #index

  constructor(options: OpenWorkspaceOptions) {
    const { record, device, onTrouble, onRecovered } = options
    const { doc } = this
    this.#options = options
    this.id = record.id
    this.usage = createUsageLane(device.usageOf(record.id))
    this.#index = createItemIndex(doc)
    this.items = new WorkspaceItems(this.#index, this.usage)
    this.#store = createDocumentStore({ name: documentDatabaseName(record.id), doc, onTrouble, onRecovered })
    this.whenLoaded = this.#load()
  }

  async #load() {
    const { record, clock } = this.#options
    await Promise.all([this.#store.whenLoaded, this.usage.whenLoaded])
    if (this.#closed) return
    // Not before: other tabs need not hear what they have stored themselves.
    this.#tabs = createTabChannel({ name: `foyer-${record.id}`, doc: this.doc, usage: this.usage })
    if (readWorkspaceName(this.doc) !== undefined) migrateDocument(this.doc, clock.now())
    else if (!record.adopted) setUpWorkspace(this.doc, record.name, clock.now())
    this.loaded = true
  }

  /** Begins to sync, or tries again at once. */
  connect() {
    if (this.#client !== null) {
      this.#client.retryNow()
      return
    }
    const { device, clock, onNotice } = this.#options
    const client = createSyncClient({
      doc: this.doc,
      url: `${location.origin.replace('http', 'ws')}/sync/${this.id}?protocol=1`,
      usage: this.usage,
      clock,
      whenLoaded: this.whenLoaded,
      onSynced: stateVector => void device.writeSynced(this.id, stateVector)
    })
    let told = client.notice
    client.subscribe(() => {
      if (client.notice !== null && client.notice !== told) onNotice(client.notice.message)
      told = client.notice
    })
    this.#client = client
    this.sync = new External(
      listener => client.subscribe(listener),
      () => client
    )
  }

  /** How many changes made here the server does not have yet. */
  async countUnsynced(): Promise<number> {
    return countUnsynced(this.doc, await this.#options.device.readSynced(this.id))
  }

  /** Settles when all changes so far are stored on the device. */
  flush(): Promise<void> {
    return this.#store.flush()
  }

  close() {
    this.#closed = true
    this.#client?.destroy()
    this.#tabs?.destroy()
    this.#store.close()
    this.#index.destroy()
    this.doc.destroy()
  }
}

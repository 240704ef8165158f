import * as Y from 'yjs'
import { backoffMs } from './backoff.ts'
import { openSyncConnection, type SyncConnection } from './sync-connection.ts'
import { FROM_SERVER } from './origins.ts'
import { CLOSE } from './close-codes.ts'
import type { Notice } from './notice.ts'
import type { Role } from '@foyer/access'
import type { ServerClock } from './server-clock.ts'
import type { StateVector } from './state-vector.ts'
import type { UsageLane } from './usage-lane.ts'

export type SyncStatus = 'offline' | 'connecting' | 'syncing' | 'synced' | 'refused'

export interface SyncClientOptions {
  doc: Y.Doc
  /** `wss://…/sync/<workspaceId>` */
  url: string
  /** The document's generation; null or omitted if it holds nothing of the server's. */
  generation?: number | null
  usage: UsageLane
  clock: ServerClock
  /** Connects after this, so that stored data is not fetched again. */
  whenLoaded: Promise<unknown>
  /** Called with the first generation, before anything of it is merged. */
  onGeneration?: (generation: number) => void
  /** The server has stored this. Called before the document's own listeners. */
  onStored?: (stateVector: StateVector) => void
  /** All is synced, up to this state vector. */
  onSynced?: (stateVector: Uint8Array) => void
}

export interface SyncClient {
  readonly status: SyncStatus
  /** The last notice of a refusal. */
  readonly notice: Notice | null
  /** The final close code of the last connection, one of `CLOSE`, or null. */
  readonly closeCode: number | null
  /** What the server named as it ended the last connection, or null. */
  readonly closeNotice: Notice | null
  /** The role from the last hello; null before the first. */
  readonly role: Role | null
  /** Called after each change of the above. @returns unsubscribes */
  subscribe(listener: () => void): () => void
  /** Skips the backoff. */
  retryNow(): void
  destroy(): void
}

/** Retrying is pointless after these. */
const FINAL: ReadonlySet<number> = new Set([
  CLOSE.malformed,
  CLOSE.signedOut,
  CLOSE.notAMember,
  CLOSE.otherGeneration,
  CLOSE.tooLarge,
  CLOSE.appTooOld
])

/**
 * Syncs a document with its workspace over a WebSocket (SPEC.md). Reconnects by itself, and reports
 * "synced" only when all changes are durable.
 */
export const createSyncClient = (options: SyncClientOptions): SyncClient => {
  const { doc, url, usage, clock, onGeneration, onStored, onSynced } = options
  let { generation = null } = options
  const listeners = new Set<() => void>()
  let status: SyncStatus = 'connecting'
  let notice: Notice | null = null
  let closeCode: number | null = null
  let closeNotice: Notice | null = null
  let role: Role | null = null
  let destroyed = false
  let loaded = false
  let failures = 0
  /** Whether this connection has received hello. */
  let greeted = false
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let connection: SyncConnection | null = null

  const notifyListeners = () => {
    for (const listener of listeners) listener()
  }
  const setStatus = (next: SyncStatus) => {
    if (next === status) return
    status = next
    notifyListeners()
  }

  const connect = () => {
    clearTimeout(retryTimer)
    if (destroyed || !loaded || connection !== null) return
    const { onLine } = globalThis.navigator as Partial<Navigator> // undefined in Node
    if (onLine === false) {
      setStatus('offline')
      return
    }
    if (status !== 'offline') setStatus('connecting')
    greeted = false
    connection = openSyncConnection(
      { doc, url, generation, usage, clock },
      {
        onStatus(next) {
          if (next === 'synced') failures = 0
          setStatus(next)
        },
        onHello(hello) {
          greeted = true
          clock.correct(hello.serverTime)
          role = hello.role
          closeCode = null
          closeNotice = null
          if (generation === null) {
            generation = hello.generation
            onGeneration?.(generation)
          }
          notifyListeners()
        },
        onNotice(next) {
          notice = next
          notifyListeners()
        },
        onAllStored() {
          const stateVector = Y.encodeStateVector(doc)
          onStored?.(Y.decodeStateVector(stateVector))
          onSynced?.(stateVector)
        },
        onClose(code, last) {
          connection = null
          // A new password replaces the session, so retry once with the new cookie.
          const isFinal = FINAL.has(code) && !(code === CLOSE.signedOut && greeted)
          closeCode = isFinal ? code : null
          closeNotice = isFinal ? last : null
          if (destroyed) return
          if (isFinal) {
            setStatus('refused')
            notifyListeners()
            return
          }
          failures++
          setStatus('offline')
          retryTimer = setTimeout(connect, backoffMs(failures))
        }
      }
    )
  }
  const retryNow = () => {
    failures = 0
    if (connection === null) connect()
    else connection.probe()
  }
  // Includes changes of other tabs and from storage: "synced" covers the whole document.
  const onUpdate = (update: Uint8Array, origin: unknown) => {
    if (origin !== FROM_SERVER) connection?.sendUpdate(update)
  }
  // Updates from the server are stored there, with all earlier ones of the same Yjs client.
  const onTransaction = ({ origin, beforeState, afterState }: Y.Transaction) => {
    if (origin !== FROM_SERVER || onStored === undefined) return
    const news = new Map<number, number>()
    for (const [client, clock] of afterState) {
      if (clock > (beforeState.get(client) ?? 0)) news.set(client, clock)
    }
    if (news.size > 0) onStored(news)
  }
  const onUsage = () => connection?.sendUsage()
  const onOffline = () => connection?.close()
  const onVisible = () => {
    if (document.visibilityState === 'visible') retryNow()
  }

  doc.on('update', onUpdate)
  doc.on('afterTransaction', onTransaction)
  const endUsage = usage.subscribe(onUsage)
  const page = globalThis.window as typeof globalThis.window | undefined // undefined in Node
  page?.addEventListener('online', retryNow)
  page?.addEventListener('offline', onOffline)
  page?.document.addEventListener('visibilitychange', onVisible)
  void Promise.allSettled([options.whenLoaded, usage.whenLoaded]).then(() => {
    loaded = true
    connect()
  })

  return {
    get status() {
      return status
    },
    get notice() {
      return notice
    },
    get closeCode() {
      return closeCode
    },
    get closeNotice() {
      return closeNotice
    },
    get role() {
      return role
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    retryNow,
    destroy() {
      destroyed = true
      clearTimeout(retryTimer)
      doc.off('update', onUpdate)
      doc.off('afterTransaction', onTransaction)
      endUsage()
      page?.removeEventListener('online', retryNow)
      page?.removeEventListener('offline', onOffline)
      page?.document.removeEventListener('visibilitychange', onVisible)
      connection?.close()
      listeners.clear()
    }
  }
}

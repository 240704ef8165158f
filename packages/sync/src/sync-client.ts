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
  /** Generation of what the document holds of the server's; null, as if not given: it holds nothing of it. */
  generation?: number | null
  usage: UsageLane
  clock: ServerClock
  /** Connects only after this: what is on the device must not be fetched again. */
  whenLoaded: Promise<unknown>
  /** What is merged from now on is of this generation. Called before any of it, to be kept with it. */
  onGeneration?: (generation: number) => void
  /** The server is known to have stored this much more. Called before listeners of the document hear of it. */
  onStored?: (stateVector: StateVector) => void
  /** Called with the state vector that the server is known to have stored, whenever all is synced. */
  onSynced?: (stateVector: Uint8Array) => void
}

export interface SyncClient {
  readonly status: SyncStatus
  /** What the server last refused, and why. */
  readonly notice: Notice | null
  /** Why the server ended the last connection, one of `CLOSE`, or null. */
  readonly closeCode: number | null
  /** What the server named as it ended the last connection, or null. */
  readonly closeNotice: Notice | null
  /** This person's role by the server's word, null before the first hello. */
  readonly role: Role | null
  /** Called after each change of the above. @returns ends it */
  subscribe(listener: () => void): () => void
  /** Does not wait for the next try. */
  retryNow(): void
  destroy(): void
}

/** After these another try would end the same way, until the person or the app does something. */
const FINAL: ReadonlySet<number> = new Set([
  CLOSE.malformed,
  CLOSE.signedOut,
  CLOSE.notAMember,
  CLOSE.otherGeneration,
  CLOSE.tooLarge,
  CLOSE.appTooOld
])

/**
 * Keeps a document in sync with its workspace room over a WebSocket (SPEC.md): it reconnects by itself,
 * counts what the server has not yet stored, and says "synced" only when all of it is durable.
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
  /** Has the server let this connection in? */
  let greeted = false
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let connection: SyncConnection | null = null

  const tell = () => {
    for (const listener of listeners) listener()
  }
  const setStatus = (next: SyncStatus) => {
    if (next === status) return
    status = next
    tell()
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
          tell()
        },
        onNotice(next) {
          notice = next
          tell()
        },
        onAllStored() {
          const stateVector = Y.encodeStateVector(doc)
          onStored?.(Y.decodeStateVector(stateVector))
          onSynced?.(stateVector)
        },
        onClose(code, last) {
          connection = null
          // A new password ends one session and begins another: the server is asked once more, with that one's cookie.
          const isFinal = FINAL.has(code) && !(code === CLOSE.signedOut && greeted)
          closeCode = isFinal ? code : null
          closeNotice = isFinal ? last : null
          if (destroyed) return
          if (isFinal) {
            setStatus('refused')
            tell()
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
  // Another tab's and late-read stored changes too: this device says "synced" of all that its document holds.
  const onUpdate = (update: Uint8Array, origin: unknown) => {
    if (origin !== FROM_SERVER) connection?.sendUpdate(update)
  }
  // What comes from the server is stored, and whatever came before it of the same Yjs client.
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

import type { Stack } from '@foyer/local-stack'
import {
  createServerClock,
  createSyncClient,
  createUsageLane,
  keepUnsynced,
  raiseStateVector
} from '@foyer/sync'
import type { SyncClient, UsageLane } from '@foyer/sync'
import { decodeFrame } from '@foyer/sync/protocol'
import { expect, vi } from 'vitest'
import * as Y from 'yjs'
import { webSocketWithCookie, type Host } from './host.ts'

/**
 * A device of a person, in sync with a running stack; it watches whether anything acknowledged is
 * lost.
 */
export interface ProcessDevice {
  doc: Y.Doc
  client: SyncClient
  usage: UsageLane
  /** What the server has said is in the database. */
  acknowledged: Map<number, number>
  /** What it once said, and lacked on a later connection: client and clock. */
  lost: [number, number][]
  /** How often it was asked what it has, once a connection. */
  asked: () => number
  synced(): Promise<void>
}

/** Clients and clocks of `wanted` that `has` lacks. */
export const lacks = (has: Map<number, number>, wanted: Map<number, number>): [number, number][] =>
  [...wanted].filter(([client, clock]) => (has.get(client) ?? 0) < clock)

export const stateVectorOf = (doc: Y.Doc): Map<number, number> =>
  Y.decodeStateVector(Y.encodeStateVector(doc))

/** For a machine under load; nothing here is expected to take this long. */
const PATIENCE = { timeout: 60_000, interval: 5 }

/** By workspace: several tests may have theirs open at once. */
const cookies = new Map<string, string>()
const listeners = new Map<string, (bytes: Uint8Array) => void>()
const DeviceSocket = webSocketWithCookie(
  url => cookies.get(url.pathname.split('/').at(-1) ?? '') ?? '',
  (bytes, url) => listeners.get(url.searchParams.get('device') ?? '')?.(bytes)
)

/** Opens devices of one person. Their sockets take the place of the global WebSocket. */
export const createDevices = ({ url }: Stack, host: Host): (() => ProcessDevice) => {
  cookies.set(host.workspaceId, host.cookie)
  vi.stubGlobal('WebSocket', DeviceSocket)

  return () => {
    const name = String(listeners.size)
    const doc = new Y.Doc()
    const acknowledged = new Map<number, number>()
    const lost: [number, number][] = []
    let asked = 0
    // On each new connection the server says what it has: it must have all that it ever
    // acknowledged.
    listeners.set(name, bytes => {
      const message = decodeFrame(bytes)
      if (message.type !== 'state-vector') return
      asked++
      lost.push(...lacks(Y.decodeStateVector(message.stateVector), acknowledged))
    })
    keepUnsynced(doc, () => acknowledged)
    const usage = createUsageLane({
      load: () => Promise.resolve({ known: {}, pending: {} }),
      save: () => Promise.resolve()
    })
    const client = createSyncClient({
      doc,
      url: `${url.replace('http', 'ws')}/sync/${host.workspaceId}?device=${name}`,
      usage,
      clock: createServerClock(),
      whenLoaded: Promise.resolve(),
      onStored: news => raiseStateVector(acknowledged, news)
    })
    const synced = () =>
      vi.waitFor(() => {
        expect(client.status).toBe('synced')
      }, PATIENCE)
    return { doc, client, usage, acknowledged, lost, asked: () => asked, synced }
  }
}

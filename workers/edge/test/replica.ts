import { itemRoot, type ItemKind } from '@foyer/doc'
import {
  decodeFrame,
  encodeMissing,
  encodeStateVector,
  encodeUpdate,
  type Frame,
  PROTOCOL_VERSION
} from '@foyer/sync/protocol'
import { exports } from 'cloudflare:workers'
import { expect, vi } from 'vitest'
import * as Y from 'yjs'
import { ORIGIN } from './account.ts'

/** For a machine under load; a state that comes at all comes much sooner. */
const PATIENCE = { timeout: 10_000 }

/** A client of the test's own: a document, a socket, and everything that was heard. */
export interface Replica {
  doc: Y.Doc
  heard: Frame[]
  /** Answers no questions from now on: the test does. */
  isSilent: boolean
  /** Update messages sent. */
  sent: () => number
  acknowledged: () => number
  closed: () => { code: number; reason: string } | null
  sendRaw(bytes: Uint8Array | string): void
  close(): void
}

interface ConnectOptions {
  /** The version that the client says it speaks; a stock client says none. */
  protocol?: number | 'stock'
  origin?: string
  doc?: Y.Doc
  generation?: number | null
}

export const connect = async (
  workspaceId: string,
  cookie: string | null,
  { protocol = PROTOCOL_VERSION, origin = ORIGIN, doc = new Y.Doc(), generation = null }: ConnectOptions = {}
): Promise<Replica> => {
  const headers = new Headers({ upgrade: 'websocket', origin })
  if (cookie !== null) headers.set('cookie', cookie)
  const query =
    (protocol === 'stock' ? '?' : `?protocol=${protocol}`) +
    (generation === null ? '' : `&generation=${generation}`)
  const response = await exports.default.fetch(`${ORIGIN}/sync/${workspaceId}${query}`, { headers })
  const socket = response.webSocket
  if (socket === null) throw new Error(`${response.status} ${await response.text()}`)
  const heard: Frame[] = []
  let closed: { code: number; reason: string } | null = null
  let sent = 0
  socket.accept()
  socket.binaryType = 'arraybuffer'
  socket.addEventListener('close', ({ code, reason }) => {
    closed = { code, reason }
  })
  socket.addEventListener('message', ({ data }) => {
    if (typeof data === 'string') return
    const message = decodeFrame(new Uint8Array(data as ArrayBuffer))
    heard.push(message)
    if (message.type === 'state-vector' && !replica.isSilent) {
      sent++
      socket.send(encodeMissing(Y.encodeStateAsUpdate(doc, message.stateVector)))
      socket.send(encodeStateVector(Y.encodeStateVector(doc)))
    }
    if (message.type === 'missing' || message.type === 'update') Y.applyUpdate(doc, message.update, 'server')
  })
  doc.on('update', (update, origin) => {
    if (origin === 'server' || closed !== null) return
    sent++
    socket.send(encodeUpdate(update))
  })
  const replica: Replica = {
    doc,
    heard,
    isSilent: false,
    sent: () => sent,
    acknowledged: () => Math.max(0, ...heard.map(message => (message.type === 'ack' ? message.count : 0))),
    closed: () => closed,
    sendRaw: bytes => {
      socket.send(bytes)
    },
    close: () => {
      socket.close()
    }
  }
  return replica
}

/** Connects and waits until the document has come. */
export const join = async (workspaceId: string, cookie: string, doc?: Y.Doc): Promise<Replica> => {
  const replica = await connect(workspaceId, cookie, doc ? { doc } : {})
  await vi.waitFor(() => {
    expect(replica.heard.map(message => message.type)).toContain('missing')
  }, PATIENCE)
  return replica
}

export const allStored = (replica: Replica) =>
  vi.waitFor(() => {
    expect(replica.acknowledged()).toBe(replica.sent())
  }, PATIENCE)

export const nameOf = (doc: Y.Doc, kind: ItemKind, id: string): unknown =>
  itemRoot(doc, kind).get(`${id}/name`)?.[0]

import { createRoom, createWebinar, editItem, type ItemRef } from '@foyer/doc'
import { startStack, type Stack } from '@foyer/local-stack'
import { createServerClock, createSyncClient, createUsageLane } from '@foyer/sync'
import { decodeMessage } from '@foyer/sync/protocol'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { makeHost, webSocketWithCookie } from './host.ts'
import { expectProjectionToEqual, readStoredDocument } from './stored-document.ts'

/** `FOYER_KILLS=200` for the long run; see docs/reliability.md. */
const KILLS = Number(process.env['FOYER_KILLS'] ?? 20)
const EDIT_EVERY_MS = 10
const VICTIMS = ['Worker', 'database', 'both'] as const

let stack: Stack
let dataDir: string

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'foyer-kill-'))
  stack = await startStack({ dataDir })
})
afterAll(async () => {
  await stack.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const killAndRestart = async (victim: (typeof VICTIMS)[number]): Promise<void> => {
  await Promise.all([
    victim !== 'database' && stack.killWorker(),
    victim !== 'Worker' && stack.killDatabase()
  ])
  if (victim !== 'Worker') await stack.startDatabase()
  if (victim !== 'database') await stack.startWorker()
}

/** Clients and clocks of `wanted` that `has` lacks. */
const lacks = (has: Map<number, number>, wanted: Map<number, number>) =>
  [...wanted].filter(([client, clock]) => (has.get(client) ?? 0) < clock)

it(
  `no acknowledged edit is lost in ${KILLS} kills, and the projection equals the document`,
  { timeout: KILLS * 15_000 },
  async () => {
    const host = await makeHost(stack)
    const doc = new Y.Doc()
    /** What the server has said is in the database. */
    let acknowledged = new Map<number, number>()
    const lost: unknown[] = []
    let asked = 0
    // On each new connection the server says what it has: it must have all that it ever acknowledged.
    const checkQuestion = (bytes: Uint8Array) => {
      const message = decodeMessage(bytes)
      if (message.type !== 'state-vector') return
      asked++
      lost.push(...lacks(Y.decodeStateVector(message.stateVector), acknowledged))
    }
    vi.stubGlobal('WebSocket', webSocketWithCookie(host.cookie, checkQuestion))
    const usage = createUsageLane({
      load: () => Promise.resolve({ known: {}, pending: {} }),
      save: () => Promise.resolve()
    })
    const client = createSyncClient({
      doc,
      url: `${stack.url.replace('http', 'ws')}/sync/${host.workspaceId}?protocol=1`,
      usage,
      clock: createServerClock(),
      whenLoaded: Promise.resolve(),
      onSynced: stateVector => {
        acknowledged = Y.decodeStateVector(stateVector)
      }
    })

    const refs: ItemRef[] = Array.from({ length: 20 }, (_, i) => ({
      kind: 'room',
      id: createRoom(doc, { name: `Room ${i}` }, Date.now())
    }))
    const schedule = { startsAt: '2027-03-01T10:00', timeZone: 'Europe/Berlin', minutes: 60 }
    refs.push({ kind: 'webinar', id: createWebinar(doc, { name: 'Launch', schedule }, Date.now()) })
    let edits = 0
    const editing = setInterval(() => {
      const ref = refs[edits % refs.length]
      if (ref !== undefined) editItem(doc, ref, { name: `Edit ${edits++}` }, Date.now())
    }, EDIT_EVERY_MS)

    const synced = () =>
      vi.waitFor(
        () => {
          expect(client.status).toBe('synced')
        },
        { timeout: 60_000, interval: 5 }
      )
    for (let kill = 0; kill < KILLS; kill++) {
      await synced()
      await sleep(Math.random() * 500) // the moment of the kill is what is random here
      await killAndRestart(VICTIMS[kill % VICTIMS.length] ?? 'both')
    }
    clearInterval(editing)
    await synced()
    client.destroy()

    expect(lost).toEqual([])
    expect(asked).toBeGreaterThan(KILLS / 2)
    const stored = await readStoredDocument(stack.databaseUrl, host.workspaceId)
    expect(lacks(Y.decodeStateVector(Y.encodeStateVector(stored)), acknowledged)).toEqual([])
    expect(stored.getMap('rooms').toJSON()).toEqual(doc.getMap('rooms').toJSON())
    expect(stored.getMap('webinars').toJSON()).toEqual(doc.getMap('webinars').toJSON())
    await expectProjectionToEqual(stored, stack.databaseUrl, host.workspaceId)
  }
)

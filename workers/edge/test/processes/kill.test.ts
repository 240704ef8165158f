import { createRoom, createWebinar, editItem, type ItemRef } from '@foyer/doc'
import { startStack, type Stack } from '@foyer/local-stack'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeHost } from './host.ts'
import { createDevices, lacks, stateVectorOf } from './process-device.ts'
import { expectProjectionToEqual, readStoredDocument } from './stored-document.ts'

/** `pnpm faults` for the long run; see docs/reliability.md. */
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

it(
  `S8: no acknowledged edit is lost in ${KILLS} kills, and the projection equals the document`,
  { timeout: KILLS * 15_000 },
  async () => {
    const host = await makeHost(stack)
    const { doc, client, acknowledged, lost, asked, synced } = createDevices(stack, host)()

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

    for (let kill = 0; kill < KILLS; kill++) {
      await synced()
      await sleep(Math.random() * 500) // the moment of the kill is what is random here
      await killAndRestart(VICTIMS[kill % VICTIMS.length] ?? 'both')
    }
    clearInterval(editing)
    await synced()
    client.destroy()
    const written = stateVectorOf(doc).get(doc.clientID) ?? 0
    const stored = await readStoredDocument(stack.database, host.workspaceId)
    console.log(
      `${KILLS} kills: ${written} values written (${edits} edits while they went on), ` +
        `${acknowledged.get(doc.clientID) ?? 0} acknowledged, ` +
        `${lost.length + lacks(stateVectorOf(stored), acknowledged).length} of these lost`
    )

    expect(lost).toEqual([])
    expect(asked()).toBeGreaterThan(KILLS / 2)
    expect(lacks(stateVectorOf(stored), acknowledged)).toEqual([])
    expect(stored.getMap('rooms').toJSON()).toEqual(doc.getMap('rooms').toJSON())
    expect(stored.getMap('webinars').toJSON()).toEqual(doc.getMap('webinars').toJSON())
    await expectProjectionToEqual(stored, stack.database, host.workspaceId)
  }
)

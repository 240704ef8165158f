import { createRoom, deleteForGood, editItem, itemRoot, readItems } from '@foyer/doc'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { WHOLE_BYTES } from './large-update.ts'
import {
  createWorkspaceDocument,
  type Author,
  type WorkspaceDocument
} from '../document/workspace-document.ts'

const NOW = 1_000_000
const author: Author = { userId: 'ada', role: 'member' }
const openDocument = () => createWorkspaceDocument({ snapshot: null, updates: [], clients: new Map() })
const contentOf = (document: WorkspaceDocument) => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, document.snapshot())
  return Object.fromEntries(
    ['rooms', 'webinars', 'workspace'].map(root => [root, Object.fromEntries(doc.getMap(root).entries())])
  )
}

/** Applies an update slice by slice. @returns how many slices there were */
const applyInSlices = (document: WorkspaceDocument, update: Uint8Array, who = author) => {
  const work = document.slice({ update, author: who })
  let slices = 0
  for (;;) {
    const step = work.next()
    if (step.done === true) return { outcome: step.value, slices }
    if (step.value === null) continue
    slices++
    const { outcomes } = document.apply([{ update: step.value, author: who, isSlice: true }], NOW)
    expect(outcomes).toEqual([{ type: 'applied', refusals: [] }])
  }
}

/** Devices that make, edit and delete, each now and then hearing what the others did. */
const history = fc.array(
  fc.record({
    device: fc.nat(3),
    what: fc.constantFrom('make', 'rename', 'access', 'delete', 'gone', 'hear'),
    index: fc.nat(30)
  }),
  { minLength: 50, maxLength: 400 }
)

it('a sliced update has the same result as a whole one', () => {
  fc.assert(
    fc.property(history, steps => {
      const devices = [1, 2, 3, 4].map(clientID => Object.assign(new Y.Doc({ gc: false }), { clientID }))
      steps.forEach(({ device, what, index }, at) => {
        const doc = devices[device]!
        const rooms = readItems(doc, 'room').filter(({ deletedAt }) => deletedAt !== 0)
        const ref =
          rooms.length > 0 ? { kind: 'room' as const, id: rooms[index % rooms.length]!.id } : undefined
        const now = 10 + at
        if (what === 'hear') Y.applyUpdate(doc, Y.encodeStateAsUpdate(devices[index % 4]!))
        else if (what === 'make' || ref === undefined) createRoom(doc, { name: `Room ${at}` }, now)
        else if (what === 'rename') editItem(doc, ref, { name: `Renamed ${at}` }, now)
        else if (what === 'access') editItem(doc, ref, { access: index % 2 ? 'open' : 'team' }, now)
        else if (what === 'delete') editItem(doc, ref, { deletedAt: now }, now)
        else deleteForGood(doc, ref, now)
      })
      const all = devices[0]!
      for (const doc of devices) Y.applyUpdate(all, Y.encodeStateAsUpdate(doc))
      const update = Y.encodeStateAsUpdate(all)
      const whole = openDocument()
      whole.apply([{ update, author, isSlice: true }], NOW)
      const sliced = openDocument()
      expect(applyInSlices(sliced, update).outcome).toEqual({ type: 'applied', refusals: [] })
      expect(contentOf(sliced)).toEqual(contentOf(whole))
    }),
    { numRuns: 100 }
  )
})

it('a field that another device added comes after its item’s creation', () => {
  const maker = Object.assign(new Y.Doc(), { clientID: 1 })
  const ids = Array.from({ length: 3_000 }, (_, i) => createRoom(maker, { name: `Room ${i}` }, 5))
  const other = Object.assign(new Y.Doc(), { clientID: 2 }) // its structs stand first in the update
  Y.applyUpdate(other, Y.encodeStateAsUpdate(maker))
  const look = { accent: '#102030' }
  for (const id of ids) editItem(other, { kind: 'room', id }, { look }, 6)
  const update = Y.encodeStateAsUpdate(other)
  const document = openDocument()
  expect(applyInSlices(document, update).slices).toBeGreaterThan(5)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, document.snapshot())
  expect(readItems(doc, 'room').filter(room => room.look?.accent === look.accent)).toHaveLength(3_000)
})

it('purged items are deleted whole, however many', () => {
  const ada = new Y.Doc()
  const ids = Array.from({ length: 2_000 }, (_, i) => createRoom(ada, { name: `Room ${i}` }, 5))
  for (const id of ids) editItem(ada, { kind: 'room', id }, { deletedAt: NOW - 1 }, NOW - 1)
  const document = openDocument()
  applyInSlices(document, Y.encodeStateAsUpdate(ada))
  Y.applyUpdate(ada, document.snapshot())
  const before = Y.encodeStateVector(ada)
  itemRoot(ada, 'room').clear()
  expect(applyInSlices(document, Y.encodeStateAsUpdate(ada, before)).slices).toBeGreaterThan(2)
  expect(contentOf(document)['rooms']).toEqual({})
})

it.each([
  ['somebody else’s Yjs client in its last part', 'ada', 'bob', 'member'],
  ['anything at all of a viewer', 'bob', 'bob', 'viewer']
] as const)('nothing of a large update is applied with %s', (_what, owner, userId, role) => {
  const document = openDocument()
  const first = Object.assign(new Y.Doc(), { clientID: 9 })
  createRoom(first, { name: 'First' }, 5)
  document.apply([{ update: Y.encodeStateAsUpdate(first), author: { userId: owner, role: 'member' } }], NOW)
  const before = document.snapshot()
  const forged = new Y.Doc()
  Y.applyUpdate(forged, before)
  for (let i = 0; i < 1_000; i++) createRoom(forged, { name: `Room ${i}` }, 6)
  forged.clientID = 9
  createRoom(forged, { name: 'Forged' }, 6)
  const update = Y.encodeStateAsUpdate(forged)
  expect(update.length).toBeGreaterThan(WHOLE_BYTES)
  const { outcome, slices } = applyInSlices(document, update, { userId, role })
  expect(outcome).toMatchObject({ type: 'refused' })
  expect(slices).toBe(0)
  expect(document.snapshot()).toEqual(before)
})

import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { createWebinar, editItem, resetLinks } from './mutations.ts'
import { webinarRevision } from './webinar-revision.ts'

const CREATED = Date.UTC(2026, 10, 25)
const schedule = { startsAt: '2026-12-01T10:00', timeZone: 'Europe/Berlin', minutes: 45 }

const make = () => {
  const doc = new Y.Doc()
  const id = createWebinar(doc, { name: 'Launch', schedule }, CREATED)
  return { doc, id, ref: { kind: 'webinar', id } as const, sequence: () => webinarRevision(doc, id).sequence }
}

it('rises with each change to the fields a calendar shows', () => {
  const { doc, ref, sequence } = make()
  let at = CREATED
  let before = sequence()
  expect(before).toBe(0)
  const edits = [
    () => editItem(doc, ref, { name: 'Start' }, at),
    () => editItem(doc, ref, { description: 'All of it' }, at),
    () => editItem(doc, ref, { schedule: { ...schedule, minutes: 60 } }, at),
    () => resetLinks(doc, ref, at),
    () => editItem(doc, ref, { deletedAt: at }, at),
    () => editItem(doc, ref, { deletedAt: null }, at)
  ]
  for (const edit of edits) {
    at += 1_000
    edit()
    expect(sequence()).toBeGreaterThan(before)
    before = sequence()
  }
  expect(webinarRevision(doc, ref.id).changedAt).toBe(at)
})

it('does not rise with other changes', () => {
  const { doc, ref, sequence } = make()
  editItem(doc, ref, { name: 'Start' }, CREATED + 5_000)
  const before = sequence()
  editItem(doc, ref, { cover: { preset: 'ocean' }, access: 'open' }, CREATED + 9_000)
  editItem(doc, ref, { look: { accent: '#112233' } }, CREATED + 9_000)
  editItem(doc, ref, { name: 'Start' }, CREATED + 9_000) // unchanged
  expect(sequence()).toBe(before)
})

it('rises even after an edit with a clock that is ahead', () => {
  const { doc, ref, sequence } = make()
  editItem(doc, ref, { name: 'Ahead' }, CREATED + 86_400_000)
  const before = sequence()
  editItem(doc, ref, { description: 'On time' }, CREATED + 1_000)
  expect(sequence()).toBeGreaterThan(before)
})

it('is the same on every device, and a valid RFC 5545 integer', () => {
  const { doc, id, ref, sequence } = make()
  editItem(doc, ref, { name: 'Start' }, CREATED + 1_234)
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  expect(webinarRevision(other, id)).toEqual(webinarRevision(doc, id))
  editItem(doc, ref, { name: 'Far' }, 8.64e15)
  expect(sequence()).toBe(2 ** 31 - 1)
})

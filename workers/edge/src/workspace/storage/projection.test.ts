import { rooms, webinars } from '@foyer/db'
import { createRoom, createWebinar, readItems } from '@foyer/doc'
import { getTableColumns } from 'drizzle-orm'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { itemRow } from './projection.ts'

const doc = new Y.Doc()
const schedule = { startsAt: '2026-12-01T10:00', timeZone: 'UTC', minutes: 45 }
createRoom(doc, { name: 'Weekly' }, 1)
createWebinar(doc, { name: 'Launch', schedule }, 1)

it.each([
  ['room', rooms],
  ['webinar', webinars]
] as const)('the row of a %s fills each column of its table, and has no more', (kind, table) => {
  const [item] = readItems(doc, kind)
  const row = itemRow(item!, 'w', 7)
  expect(Object.keys(row).sort()).toEqual(Object.keys(getTableColumns(table)).sort())
  expect(Object.values(row)).not.toContain(undefined)
})

it('objects are JSON in their columns, and nothing is null', () => {
  const [webinar] = readItems(doc, 'webinar')
  const row = itemRow(webinar!, 'w', 7)
  expect(row).toMatchObject({
    schedule: JSON.stringify(schedule),
    cover: '{"preset":"dawn"}',
    look: null,
    seq: 7
  })
})

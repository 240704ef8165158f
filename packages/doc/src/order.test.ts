import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { createRoom, createWebinar } from './mutations.ts'
import { inHomeOrder, isUpcoming, roomRank, webinarRank } from './order.ts'
import { readItems, type Room } from './read.ts'

const names = (items: { name: string }[]) => items.map(({ name }) => name)

it('rooms: last used first, never used ones by creation, then the newest', () => {
  const doc = new Y.Doc()
  const used = new Map<string, number>()
  used.set(createRoom(doc, { name: 'Used long ago' }, 10), 50)
  used.set(createRoom(doc, { name: 'Used last' }, 20), 900)
  createRoom(doc, { name: 'New' }, 800)
  createRoom(doc, { name: 'Old and unused' }, 30)
  used.set(createRoom(doc, { name: 'Younger, used as long ago' }, 15), 50)
  const rooms = inHomeOrder(readItems(doc, 'room'), room => roomRank(used.get(room.id) ?? room.createdAt))
  expect(names(rooms)).toEqual([
    'Used last',
    'New',
    'Younger, used as long ago',
    'Used long ago',
    'Old and unused'
  ])
})

it('rooms created in the same ms have the same order on every device', () => {
  const doc = new Y.Doc()
  for (const name of ['A', 'B', 'C']) createRoom(doc, { name }, 10)
  const sort = (rooms: Room[]) => inHomeOrder(rooms, ({ createdAt }) => roomRank(createdAt))
  expect(sort(readItems(doc, 'room'))).toEqual(sort(readItems(doc, 'room').reverse()))
})

it('webinars: the next one first, then ended ones, the latest first', () => {
  const doc = new Y.Doc()
  const at = (startsAt: string, minutes = 60) => ({
    startsAt: `2026-12-${startsAt}`,
    timeZone: 'UTC',
    minutes
  })
  createWebinar(doc, { name: 'Long ago', schedule: at('01T10:00') }, 1)
  createWebinar(doc, { name: 'Next week', schedule: at('12T10:00') }, 2)
  createWebinar(doc, { name: 'Just ended', schedule: at('05T11:00') }, 3)
  createWebinar(doc, { name: 'On now', schedule: at('05T10:00', 180) }, 4)
  createWebinar(doc, { name: 'Tomorrow', schedule: at('06T10:00') }, 5)
  const now = Date.parse('2026-12-05T12:00Z')
  const webinars = inHomeOrder(readItems(doc, 'webinar'), webinar => webinarRank(webinar, now))
  expect(names(webinars)).toEqual(['On now', 'Tomorrow', 'Next week', 'Just ended', 'Long ago'])
  expect(names(webinars.filter(webinar => isUpcoming(webinar, now)))).toEqual([
    'On now',
    'Tomorrow',
    'Next week'
  ])
})

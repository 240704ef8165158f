import { createRoom, createWebinar, editItem, type Access, type ItemRef } from '@foyer/doc'
import * as Y from 'yjs'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** name, cover, who can join, how long ago it was used */
const ROOMS: [string, string, Access, number | null][] = [
  ['Daily stand-up', 'meadow', 'team', 25 * MINUTE],
  ['Design review', 'dawn', 'team', 3 * HOUR],
  ['Clients', 'ocean', 'ask', 5 * HOUR],
  ['Product and engineering', 'studio', 'team', DAY],
  ['Office hours', 'forest', 'open', 30 * HOUR],
  ['Interviews', 'glacier', 'ask', 3 * DAY],
  ['One-to-ones', 'dusk', 'ask', 4 * DAY],
  ['Customer support', 'desert', 'open', 6 * DAY],
  ['Spanish class', 'blossom', 'open', 9 * DAY],
  ['Board and investors', 'midnight', 'ask', 24 * DAY],
  ['Coffee corner', 'ember', 'open', 40 * DAY],
  ['Research sessions', 'aurora', 'ask', null]
]

/** name, cover, in how many days, at, zone, minutes */
const WEBINARS: [string, string, number, string, string, number][] = [
  ['Product launch', 'aurora', 6, '10:00', 'Europe/Berlin', 45],
  ['Questions and answers', 'blossom', 13, '18:30', 'America/New_York', 90],
  ['Everything you always wanted to know about onboarding', 'desert', -9, '16:00', 'Europe/Berlin', 60]
]

const DELETED = ['Old room', 'Summer school: introduction to statistics, second group']

export interface Sample {
  doc: Y.Doc
  /** When each was used, by item id: ms since 1970. */
  used: Record<string, number>
  idOf: (name: string) => string
}

/** A host's rooms and webinars in every state, with realistic names. */
export const makeSample = (now: number): Sample => {
  const doc = new Y.Doc()
  const used: Record<string, number> = {}
  const ids = new Map<string, string>()
  doc.transact(() => {
    ROOMS.forEach(([name, preset, access, ago], index) => {
      const id = createRoom(doc, { name, access, cover: { preset } }, now - 60 * DAY - index * HOUR)
      ids.set(name, id)
      if (ago !== null) used[id] = now - ago
    })
    for (const [name, preset, days, time, timeZone, minutes] of WEBINARS) {
      const startsAt = `${new Date(now + days * DAY).toISOString().slice(0, 10)}T${time}`
      const schedule = { startsAt, timeZone, minutes }
      ids.set(name, createWebinar(doc, { name, cover: { preset }, schedule }, now - 20 * DAY))
    }
    DELETED.forEach((name, index) => {
      const ref: ItemRef = { kind: 'room', id: createRoom(doc, { name }, now - 80 * DAY) }
      editItem(doc, ref, { deletedAt: now - (index * 12 + 1) * DAY }, now)
    })
    const look = { accent: '#1d4f91', welcome: 'Good to see you. Coffee is on us.' }
    const lobby = { layout: 'side' as const, message: 'We will be with you in a minute.' }
    editItem(doc, { kind: 'room', id: ids.get('Clients') ?? '' }, { look, lobby }, now - DAY)
  })
  return { doc, used, idOf: name => ids.get(name) ?? '' }
}

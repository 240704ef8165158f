import type * as Y from 'yjs'
import { fieldKey, itemRoot, splitKey } from './keys.ts'
import { FIELDS, hasField, readField, type Access, type Cover, type Entry, type FieldName } from './schema.ts'
import type { FieldValues, ItemKind, ItemRef, Lobby, Look, Schedule } from './schema.ts'
import { readInstant } from './zoned-time.ts'

interface ItemBase {
  id: string
  createdAt: number
  slug: string
  epoch: number
  name: string
  access: Access
  cover: Cover
  look: Look | null
  lobby: Lobby | null
  deletedAt: number | null
}

export interface Room extends ItemBase {
  kind: 'room'
}

export interface Webinar extends ItemBase {
  kind: 'webinar'
  schedule: Schedule
  /** ms since 1970, worked out from the schedule. */
  startsAt: number
  endsAt: number
  description: string
}

export type Item = Room | Webinar

/** Where an item was deleted for good: earlier than all that a server keeps, so that it goes at once. */
export const GONE = 0

/** How long an item lies in "Recently deleted" before the server removes it for good, ms. */
export const KEPT_MS = 30 * 86_400_000

/** Was the item deleted for good? Its entries stand until the server has taken them out; no list shows it. */
export const isGone = ({ deletedAt }: Pick<Item, 'deletedAt'>): boolean => deletedAt === GONE

const DEFAULT_COVER: Cover = { preset: 'dawn' }

/**
 * One item, or undefined where there is none. Never throws: an optional field that is not valid reads
 * as its default, and an item without a valid `created`, `links`, `name` (or a webinar's `schedule`)
 * does not exist for any reader.
 */
export const readItem = (doc: Y.Doc, ref: ItemRef): Item | undefined => {
  const root = itemRoot(doc, ref.kind)
  return itemFrom(ref, field => root.get(fieldKey(ref.id, field)))
}

const itemFrom = ({ kind, id }: ItemRef, entryOf: (field: FieldName) => unknown): Item | undefined => {
  const read = <F extends FieldName>(field: F): FieldValues[F] | undefined =>
    readField(kind, field, entryOf(field))

  const createdAt = read('created')
  const links = read('links')
  const name = read('name')
  if (createdAt === undefined || links === undefined || name === undefined) return undefined
  const base = {
    id,
    createdAt,
    slug: links.slug,
    epoch: links.epoch,
    name,
    access: read('access') ?? 'ask',
    cover: read('cover') ?? DEFAULT_COVER,
    look: read('look') ?? null,
    lobby: read('lobby') ?? null,
    deletedAt: read('deletedAt') ?? null
  }
  if (kind === 'room') return { kind, ...base }

  const schedule = read('schedule')
  const startsAt = schedule && readInstant(schedule.startsAt, schedule.timeZone)
  if (schedule === undefined || startsAt === null || startsAt === undefined) return undefined
  const endsAt = startsAt + schedule.minutes * 60_000
  return { kind, ...base, schedule, startsAt, endsAt, description: read('description') ?? '' }
}

/** An item's entries by field. */
export type ItemEntries = Partial<Record<FieldName, unknown>>

/** What stands of an item, as it can be kept beside the document. */
export const entriesOf = (doc: Y.Doc, { kind, id }: ItemRef): ItemEntries => {
  const root = itemRoot(doc, kind)
  const fields = Object.keys(FIELDS[kind]) as FieldName[]
  return Object.fromEntries(
    fields.flatMap(field => {
      const entry = root.get(fieldKey(id, field))
      return entry === undefined ? [] : [[field, entry]]
    })
  )
}

/** The item that entries kept beside the document make, read as `readItem` reads it. */
export const itemOf = (ref: ItemRef, entries: ItemEntries): Item | undefined =>
  itemFrom(ref, field => entries[field])

/** The keys of all that stands of an item in its root map, readable or not. */
export const itemKeys = (doc: Y.Doc, { kind, id }: ItemRef): string[] => {
  const root = itemRoot(doc, kind)
  const keys = (Object.keys(FIELDS[kind]) as FieldName[]).map(field => fieldKey(id, field))
  return keys.filter(key => root.has(key))
}

/**
 * All items of a kind, deleted ones too (also those that are gone, see `isGone`), in no order. In one pass over the entries: asking the map for each
 * field of each item takes three times as long.
 */
export const readItems = <K extends ItemKind>(doc: Y.Doc, kind: K): Extract<Item, { kind: K }>[] => {
  const items: Item[] = []
  for (const [id, entries] of entriesById(itemRoot(doc, kind), kind)) {
    const item = itemFrom({ kind, id }, field => entries[field])
    if (item !== undefined) items.push(item)
  }
  return items as Extract<Item, { kind: K }>[]
}

const entriesById = (root: Y.Map<Entry>, kind: ItemKind): Map<string, ItemEntries> => {
  const byId = new Map<string, ItemEntries>()
  let prefix = '/' // of the item before: an item's entries mostly follow each other
  let entries: ItemEntries = {}
  root.forEach((entry, key) => {
    if (!key.startsWith(prefix)) {
      const id = splitKey(key)?.id
      if (id === undefined) return
      prefix = `${id}/`
      entries = byId.get(id) ?? {}
      byId.set(id, entries)
    }
    const field = key.slice(prefix.length)
    if (hasField(kind, field)) entries[field] = entry
  })
  return byId
}

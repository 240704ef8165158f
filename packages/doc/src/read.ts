import type * as Y from 'yjs'
import { fieldKey, itemRoot, splitKey } from './keys.ts'
import { FIELDS_OF, fieldOf, hasField, namesInItem, readField } from './fields.ts'
import type { FieldName, ShownValues } from './fields.ts'
import type { Entry } from './entry.ts'
import type { ItemKind, ItemRef } from './item-kinds.ts'
import type { Links, Schedule } from './schema.ts'
import { readInstant } from './zoned-time.ts'

interface ItemBase extends Links {
  id: string
  createdAt: number
}

export interface Room extends ItemBase, ShownValues<'room'> {
  kind: 'room'
}

export interface Webinar extends ItemBase, ShownValues<'webinar'> {
  kind: 'webinar'
  schedule: Schedule
  /** ms since 1970, computed from the schedule. */
  startsAt: number
  endsAt: number
}

export type Item = Room | Webinar

/** `deletedAt` of an item deleted for good: past any retention, so that it is purged at once. */
export const GONE = 0

/** Was the item deleted for good? No list shows it; its entries stay until the server's purge. */
export const isGone = ({ deletedAt }: Pick<Item, 'deletedAt'>): boolean => deletedAt === GONE

/**
 * Reads one item, or undefined if there is none. Never throws: an invalid optional field reads as
 * its default, and an item with an invalid required field does not exist for any reader.
 */
export const readItem = (doc: Y.Doc, ref: ItemRef): Item | undefined => {
  const root = itemRoot(doc, ref.kind)
  return itemFrom(ref, field => root.get(fieldKey(ref.id, field)))
}

const itemFrom = ({ kind, id }: ItemRef, entryOf: (field: FieldName) => unknown): Item | undefined => {
  const item: Record<string, unknown> = { kind, id }
  for (const field of FIELDS_OF[kind]) {
    const value = readField(kind, field, entryOf(field)) ?? fieldOf(field).default
    if (value === undefined) return undefined
    if (field === 'links') {
      const { slug, epoch } = value as Links
      item['slug'] = slug
      item['epoch'] = epoch
    } else item[namesInItem(field)[0] ?? field] = value
  }
  const { schedule } = item as Partial<Webinar>
  if (schedule !== undefined) {
    const startsAt = readInstant(schedule.startsAt, schedule.timeZone)
    if (startsAt === null) return undefined
    item['startsAt'] = startsAt
    item['endsAt'] = startsAt + schedule.minutes * 60_000
  }
  return item as unknown as Item
}

/** An item's entries by field. */
export type ItemEntries = Partial<Record<FieldName, unknown>>

/** An item's raw entries, to be stored outside the document. */
export const entriesOf = (doc: Y.Doc, { kind, id }: ItemRef): ItemEntries => {
  const root = itemRoot(doc, kind)
  return Object.fromEntries(
    FIELDS_OF[kind].flatMap(field => {
      const entry = root.get(fieldKey(id, field))
      return entry === undefined ? [] : [[field, entry]]
    })
  )
}

/** Reads an item from entries stored outside the document, as `readItem` does. */
export const itemOf = (ref: ItemRef, entries: ItemEntries): Item | undefined =>
  itemFrom(ref, field => entries[field])

/** All keys of an item in its root map, valid or not. */
export const itemKeys = (doc: Y.Doc, { kind, id }: ItemRef): string[] => {
  const root = itemRoot(doc, kind)
  const keys = FIELDS_OF[kind].map(field => fieldKey(id, field))
  return keys.filter(key => root.has(key))
}

/**
 * All items of a kind, unordered, including deleted ones and those deleted for good (`isGone`). One
 * pass over the entries: looking up each field of each item takes three times as long.
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
  let prefix = '/' // of the previous item: an item's entries are mostly adjacent
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

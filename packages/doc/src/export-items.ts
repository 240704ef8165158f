import type * as Y from 'yjs'
import { fieldKey, itemRoot } from './keys.ts'
import { isGone, readItem, readItems } from './read.ts'
import { parseEntry } from './entry.ts'
import { FIELDS_OF, fieldOf, readField, type FieldName, type FieldValues } from './fields.ts'
import type { ItemKind, ItemRef } from './item-kinds.ts'
import type { Cover, Lobby, Look } from './schema.ts'

/** An item as an exported file holds it: for people to read, and with the time of each field's last edit. */
export interface ExportedItem {
  id: string
  /** ISO time, or null: never, as far as this device knows. */
  lastUsedAt: string | null
  /** ms since 1970 by field, under the file's names. */
  edited: Record<string, number>
  cover?: Cover
  look?: Look
  lobby?: Lobby
  /** All fields under the file's names; one that was never written is not there. */
  [field: string]: unknown
}

/** The fields of a kind that are in files, each with its name there, in the files' order. */
export const fieldsInFile = (kind: ItemKind): [field: FieldName, name: string][] =>
  FIELDS_OF[kind].flatMap(field => {
    const { inFile } = fieldOf(field)
    return inFile === null ? [] : [[field, inFile] as [FieldName, string]]
  })

/**
 * All items of a kind that a reader sees, deleted ones too, the oldest first: one after the other, so that who asks may pause
 * in between. Each is as it is when it is asked for; one that is gone by then is left out.
 * @param lastUsedAt ms since 1970 of an item, or undefined
 */
export function* exportItems(
  doc: Y.Doc,
  kind: ItemKind,
  lastUsedAt: (id: string) => number | undefined
): Generator<ExportedItem, void> {
  const oldestFirst = readItems(doc, kind).sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
  for (const { id } of oldestFirst) {
    const item = readItem(doc, { kind, id })
    if (item === undefined || isGone(item)) continue
    const { values, edited } = readFields(doc, item)
    yield { id, ...values, lastUsedAt: isoOrNull(lastUsedAt(id) ?? null), edited }
  }
}

const readFields = (doc: Y.Doc, { kind, id }: ItemRef) => {
  const root = itemRoot(doc, kind)
  const values: Record<string, unknown> = {}
  const edited: Record<string, number> = {}
  for (const [field, name] of fieldsInFile(kind)) {
    const entry = parseEntry(root.get(fieldKey(id, field)))
    const value = readField(kind, field, entry)
    if (entry === undefined || value === undefined) continue
    values[name] = fieldOf(field).isTime ? isoOrNull(value as number | null) : value
    edited[name] = entry[1]
  }
  return { values, edited }
}

const isoOrNull = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

/** What of an item can name pictures; null as in one that has no look of its own. */
type Pictured = { [field in 'cover' | 'look' | 'lobby']?: FieldValues[field] | null | undefined }

/** The pictures (SHA-256) that an item's values name: cover, logo, and those of its lobby. */
export const picturesOf = ({ cover, look, lobby }: Pictured): string[] => {
  const named = [imageOf(cover), logoOf(look), imageOf(lobby?.cover), logoOf(lobby)]
  return [...new Set(named.filter(sha256 => sha256 !== undefined))]
}

const imageOf = (cover: Cover | null | undefined) => (cover && 'image' in cover ? cover.image : undefined)
const logoOf = (look: Look | Lobby | null | undefined) => look?.logo

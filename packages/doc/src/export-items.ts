import type * as Y from 'yjs'
import { fieldKey, itemRoot } from './keys.ts'
import { isGone, readItem, readItems } from './read.ts'
import { parseEntry } from './entry.ts'
import { FIELDS_OF, fieldOf, readField, type FieldName, type FieldValues } from './fields.ts'
import type { ItemKind, ItemRef } from './item-kinds.ts'
import type { Cover, Lobby, Look } from './schema.ts'

/** An item in an exported file: human-readable, with the time of each field's last edit. */
export interface ExportedItem {
  id: string
  /** ISO time; null if never used, as far as this device knows. */
  lastUsedAt: string | null
  /** ms since 1970, by the field's name in the file. */
  edited: Record<string, number>
  cover?: Cover
  look?: Look
  lobby?: Lobby
  /** All fields by their names in the file. Fields never written are left out. */
  [field: string]: unknown
}

/** The exported fields of a kind with their names in the file, in file order. */
export const fieldsInFile = (kind: ItemKind): [field: FieldName, name: string][] =>
  FIELDS_OF[kind].flatMap(field => {
    const { inFile } = fieldOf(field)
    return inFile === null ? [] : [[field, inFile] as [FieldName, string]]
  })

/**
 * Yields all visible items of a kind, deleted ones included, oldest first. A generator, so that the
 * caller can pause. Each item is read when it is requested; those deleted for good by then are
 * skipped.
 * @param lastUsedAt returns ms since 1970, or undefined if never used
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

/** The fields of an item that can name pictures. */
type Pictured = { [field in 'cover' | 'look' | 'lobby']?: FieldValues[field] | null | undefined }

/** SHA-256 of the pictures an item names: cover and logo, its own and its lobby's. */
export const picturesOf = ({ cover, look, lobby }: Pictured): string[] => {
  const named = [imageOf(cover), logoOf(look), imageOf(lobby?.cover), logoOf(lobby)]
  return [...new Set(named.filter(sha256 => sha256 !== undefined))]
}

const imageOf = (cover: Cover | null | undefined) => (cover && 'image' in cover ? cover.image : undefined)
const logoOf = (look: Look | Lobby | null | undefined) => look?.logo

import type * as Y from 'yjs'
import type { Entry } from './entry.ts'
import { fieldOf, FIELDS, type FieldName } from './fields.ts'
import { ITEM_KINDS, type ItemKind, type ItemRef } from './item-kinds.ts'

/** The root map of each kind of item. */
export const ROOT_OF = { room: 'rooms', webinar: 'webinars' } as const satisfies Record<ItemKind, string>

/** The root map of what belongs to the workspace itself. */
export const WORKSPACE_ROOT = 'workspace'

/** All root maps of a workspace's document. */
export const DOCUMENT_ROOTS = [ROOT_OF.room, ROOT_OF.webinar, WORKSPACE_ROOT] as const

export const isDocumentRoot = (root: string): boolean => (DOCUMENT_ROOTS as readonly string[]).includes(root)

/** The kind of item that a root map holds; undefined for any other root. */
export const kindOf = (root: string): ItemKind | undefined => ITEM_KINDS.find(kind => ROOT_OF[kind] === root)

export const itemRoot = (doc: Y.Doc, kind: ItemKind): Y.Map<Entry> => doc.getMap<Entry>(ROOT_OF[kind])

export const workspaceRoot = (doc: Y.Doc): Y.Map<Entry> => doc.getMap<Entry>(WORKSPACE_ROOT)

/** The key of an item's field in its root map. */
export const fieldKey = (id: string, field: FieldName): string => `${id}/${field}`

/** Splits a key into item id and field; undefined where it is no such key. */
export const splitKey = (key: string): { id: string; field: string } | undefined => {
  const slash = key.indexOf('/')
  return slash > 0 ? { id: key.slice(0, slash), field: key.slice(slash + 1) } : undefined
}

/** The id of the item that a key belongs to; undefined for keys of the workspace itself. */
export const itemIdOf = (root: string, key: string): string | undefined =>
  root === WORKSPACE_ROOT ? undefined : splitKey(key)?.id

/** The item that a key belongs to; undefined for keys of the workspace itself and of unknown roots. */
export const itemRefOf = (root: string, key: string): ItemRef | undefined => {
  const kind = kindOf(root)
  const id = splitKey(key)?.id
  return kind === undefined || id === undefined ? undefined : { kind, id }
}

export const isFieldKey = (key: string, field: FieldName): boolean => key.endsWith(`/${field}`)

/** Is it the key with which an item comes into being? */
export const isCreation = (key: string): boolean => isFieldKey(key, 'created')

/** Is it the key with which an item goes into "Recently deleted"? */
export const isDeletion = (key: string): boolean => isFieldKey(key, 'deletedAt')

/** Is the value under the key a time at which something happened? */
export const holdsTime = (key: string): boolean =>
  (Object.keys(FIELDS) as FieldName[]).some(field => fieldOf(field).isTime && isFieldKey(key, field))

/** Was the item made, and not taken out of its root map since? */
export const isInRoot = (root: Y.Map<Entry>, id: string): boolean => root.has(fieldKey(id, 'created'))

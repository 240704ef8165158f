import type * as Y from 'yjs'
import type { Entry } from './entry.ts'
import { fieldOf, FIELDS, type FieldName } from './fields.ts'
import { ITEM_KINDS, type ItemKind, type ItemRef } from './item-kinds.ts'

/** The root map of each kind of item. */
export const ROOT_OF = { room: 'rooms', webinar: 'webinars' } as const satisfies Record<ItemKind, string>

/** The root map of the workspace's own fields. */
export const WORKSPACE_ROOT = 'workspace'

/** All root maps of a workspace's document. */
export const DOCUMENT_ROOTS = [ROOT_OF.room, ROOT_OF.webinar, WORKSPACE_ROOT] as const

export const isDocumentRoot = (root: string): boolean => (DOCUMENT_ROOTS as readonly string[]).includes(root)

/** The kind of item in a root map; undefined for any other root. */
export const kindOf = (root: string): ItemKind | undefined => ITEM_KINDS.find(kind => ROOT_OF[kind] === root)

export const itemRoot = (doc: Y.Doc, kind: ItemKind): Y.Map<Entry> => doc.getMap<Entry>(ROOT_OF[kind])

export const workspaceRoot = (doc: Y.Doc): Y.Map<Entry> => doc.getMap<Entry>(WORKSPACE_ROOT)

/** The key of an item's field in its root map. */
export const fieldKey = (id: string, field: FieldName): string => `${id}/${field}`

/** Splits a key into item id and field; undefined if it is not an item's key. */
export const splitKey = (key: string): { id: string; field: string } | undefined => {
  const slash = key.indexOf('/')
  return slash > 0 ? { id: key.slice(0, slash), field: key.slice(slash + 1) } : undefined
}

/** The item id in a key; undefined for keys of the workspace itself. */
export const itemIdOf = (root: string, key: string): string | undefined =>
  root === WORKSPACE_ROOT ? undefined : splitKey(key)?.id

/** The item in a key; undefined for keys of the workspace itself and of unknown roots. */
export const itemRefOf = (root: string, key: string): ItemRef | undefined => {
  const kind = kindOf(root)
  const id = splitKey(key)?.id
  return kind === undefined || id === undefined ? undefined : { kind, id }
}

export const isFieldKey = (key: string, field: FieldName): boolean => key.endsWith(`/${field}`)

/** Is it the key whose write creates an item? */
export const isCreation = (key: string): boolean => isFieldKey(key, 'created')

/** Is it the key whose write moves an item to "Recently deleted"? */
export const isDeletion = (key: string): boolean => isFieldKey(key, 'deletedAt')

const TIME_FIELDS = (Object.keys(FIELDS) as FieldName[]).filter(field => fieldOf(field).isTime)

/** Is the key's value the time of an event? Cheap: asked of every number in a loaded document. */
export const holdsTime = (key: string): boolean => TIME_FIELDS.some(field => isFieldKey(key, field))

/** Was the item created and not purged since? */
export const isInRoot = (root: Y.Map<Entry>, id: string): boolean => root.has(fieldKey(id, 'created'))

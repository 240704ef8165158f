import { ITEM_KINDS, ROOT_OF, splitKey, type Edit, type ItemRef } from '@foyer/doc'
import type { Notice } from '@foyer/sync'

/** What each field is called where a person reads of it. */
const FIELD_WORDS: Record<string, string> = {
  name: 'name',
  access: 'who can join',
  cover: 'cover',
  look: 'look',
  lobby: 'lobby',
  schedule: 'time',
  description: 'description',
  links: 'links',
  deletedAt: 'deletion',
  created: 'creation'
}

type NameOf = (ref: ItemRef) => string | undefined

/** More notes than anybody reads. */
const MOST_NOTES = 20

/** The notes with one more, which is said once. */
export const addNote = (notes: readonly string[], note: string): readonly string[] =>
  notes.includes(note) ? notes : [...notes, note].slice(-MOST_NOTES)

const KEY = /\b(?:(rooms|webinars|workspace)\/)?([A-Za-z0-9_-]{10,40})\/([A-Za-z]+)\b/

/**
 * A refused change in the person's words: what stays as it was. Null for what a person need not hear of, and
 * for what ends the connection: of that the repair tells.
 */
export const refusalWords = ({ code, message }: Notice, nameOf: NameOf): string | null => {
  switch (code) {
    case 'bad-value':
    case 'bad-entry':
    case 'created-twice':
    case 'removed-entry':
    case 'links-kept-epoch':
    case 'unknown-key':
      return `${whatOf(message, nameOf)} was not accepted and is as before.${reasonIn(message)}`
    case 'version-unknown':
    case 'version-fell':
      return 'A change by another version of Foyer was not accepted.'
    case 'too-fast':
      return 'Too much was changed at once; it is sent more slowly.'
    default:
      return null
  }
}

const whatOf = (message: string, nameOf: NameOf): string => {
  const [, root, id = '', field = ''] = KEY.exec(message) ?? []
  const kinds = ITEM_KINDS.filter(kind => root === undefined || ROOT_OF[kind] === root)
  const name = kinds.map(kind => nameOf({ kind, id })).find(found => found !== undefined)
  const what = Object.hasOwn(FIELD_WORDS, field) ? `A change of the ${FIELD_WORDS[field] ?? ''}` : 'A change'
  return name === undefined ? what : `${what} of “${name}”`
}

/** The guard's own words behind the key, where it has any for people. */
const reasonIn = (message: string): string => {
  const reason = /^(?:rooms|webinars|workspace)\/\S+: ([A-Z].*\.)$/.exec(message)?.[1]
  return reason === undefined || reason.startsWith('Invalid') ? '' : ` ${reason}`
}

/** Names what edits changed, item by item: “Clients” (name, cover), the new room “Studio”. */
export const editWords = (edits: readonly Edit[], nameOf: NameOf): string => {
  const fields = new Map<string, { ref: ItemRef | null; fields: string[] }>()
  for (const { root, key } of edits) {
    const kind = ITEM_KINDS.find(kind => ROOT_OF[kind] === root)
    const parts = splitKey(key)
    const ref = kind === undefined || parts === undefined ? null : { kind, id: parts.id }
    const place = `${root}/${ref?.id ?? ''}`
    const group = fields.get(place) ?? { ref, fields: [] }
    group.fields.push(parts?.field ?? key)
    fields.set(place, group)
  }
  return [...fields.values()].map(group => itemWords(group, nameOf)).join(', ')
}

const itemWords = ({ ref, fields }: { ref: ItemRef | null; fields: string[] }, nameOf: NameOf): string => {
  if (ref === null) return 'the workspace'
  const name = nameOf(ref)
  const item = name === undefined ? `a ${ref.kind}` : `“${name}”`
  if (fields.includes('created'))
    return name === undefined ? `a new ${ref.kind}` : `the new ${ref.kind} ${item}`
  return `${item} (${fields.map(field => FIELD_WORDS[field] ?? field).join(', ')})`
}

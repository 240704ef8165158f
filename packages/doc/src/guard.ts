import * as v from 'valibot'
import { isCreation, isFieldKey, kindOf, splitKey, WORKSPACE_ROOT } from './keys.ts'
import { parseEntry } from './entry.ts'
import { WORKSPACE_FIELDS } from './fields.ts'
import { ID_CHARACTERS } from './policy.ts'
import type { Links } from './schema.ts'
import { fieldSchema } from './strict-schema.ts'
import { SCHEMA_VERSION } from './workspace.ts'

/** Why an entry may not stand in the document. */
export interface Refusal {
  code:
    | 'unknown-root'
    | 'unknown-key'
    | 'bad-entry'
    | 'bad-value'
    | 'removed-entry'
    | 'created-twice'
    | 'links-kept-epoch'
    | 'version-fell'
    | 'version-unknown'
  message: string
}

const refuse = (code: Refusal['code'], message: string): Refusal => ({ code, message })

/** Item ids are nanoids; the guard allows what an import may bring, not more. */
export const ITEM_ID = new RegExp(`^[A-Za-z0-9_-]{${ID_CHARACTERS.least},${ID_CHARACTERS.most}}$`)

/**
 * The strict check of one changed key (docs/design.md#checks), run by the server on a staging copy.
 * @param before the entry that stood there, undefined where there was none
 * @param after the entry that would stand there, undefined where it would be deleted
 * @returns null when it may stand
 */
export const checkEntry = (root: string, key: string, before: unknown, after: unknown): Refusal | null => {
  const schema = schemaOf(root, key)
  if (typeof schema === 'string') return refuse(schema, `There is no ${root}/${key} in a workspace.`)
  if (after === undefined) return checkRemoval(root, key, schema, before)
  const entry = parseEntry(after)
  if (entry === undefined)
    return refuse('bad-entry', `${root}/${key} is not a value with the time of its edit.`)
  const result = v.safeParse(schema, entry[0], { abortEarly: true })
  if (!result.success) return refuse('bad-value', `${root}/${key}: ${result.issues[0].message}`)
  if (key === 'schemaVersion' && (entry[0] as number) > SCHEMA_VERSION) {
    return refuse('version-unknown', `This server knows documents up to version ${SCHEMA_VERSION}.`)
  }
  const previous = parseEntry(before)
  // What was not valid binds nobody.
  return previous !== undefined && v.is(schema, previous[0]) ? checkChange(key, previous[0], entry[0]) : null
}

/**
 * Items are deleted by `deletedAt`; only the server takes entries out, and does not ask here. Otherwise
 * who removes an entry and writes it again could change what is written once, or let an epoch fall.
 */
const checkRemoval = (
  root: string,
  key: string,
  schema: v.GenericSchema,
  before: unknown
): Refusal | null => {
  const previous = parseEntry(before)
  if (previous === undefined || !v.is(schema, previous[0])) return null
  return refuse('removed-entry', `${root}/${key} is not for removing.`)
}

const schemaOf = (root: string, key: string): v.GenericSchema | 'unknown-root' | 'unknown-key' => {
  if (root === WORKSPACE_ROOT) {
    return Object.hasOwn(WORKSPACE_FIELDS, key)
      ? WORKSPACE_FIELDS[key as keyof typeof WORKSPACE_FIELDS]
      : 'unknown-key'
  }
  const kind = kindOf(root)
  if (kind === undefined) return 'unknown-root'
  const parts = splitKey(key)
  if (parts === undefined || !ITEM_ID.test(parts.id)) return 'unknown-key'
  return fieldSchema(kind, parts.field) ?? 'unknown-key'
}

const checkChange = (key: string, before: unknown, after: unknown): Refusal | null => {
  if (isCreation(key) && before !== after) {
    return refuse('created-twice', `${key} was written before and does not change.`)
  }
  if (isFieldKey(key, 'links')) {
    const was = before as Links
    const is = after as Links
    // A lower epoch would bring dead host links back to life.
    if (is.epoch < was.epoch || (was.slug !== is.slug && is.epoch === was.epoch)) {
      return refuse('links-kept-epoch', `${key}: a new slug needs a higher epoch, and no epoch ever falls.`)
    }
  }
  if (key === 'schemaVersion' && (after as number) < (before as number)) {
    return refuse('version-fell', 'The document was written by a later app and does not go back.')
  }
  return null
}

import * as v from 'valibot'
import { isCreation, isDocumentRoot, isFieldKey, kindOf, splitKey, WORKSPACE_ROOT } from './keys.ts'
import { parseEntry } from './entry.ts'
import { isField, WORKSPACE_FIELDS } from './fields.ts'
import { ID_CHARACTERS } from './policy.ts'
import { reasonOf, type Refusal } from './refusals.ts'
import type { Links } from './schema.ts'
import { fieldSchema } from './strict-schema.ts'
import { SCHEMA_VERSION } from './workspace.ts'

/** Item ids are nanoids; imports may bring other lengths. */
export const ITEM_ID = new RegExp(`^[A-Za-z0-9_-]{${ID_CHARACTERS.least},${ID_CHARACTERS.most}}$`)

/**
 * The strict check of one changed key (docs/design.md#checks), run by the server on a staging copy.
 * @param before the previous entry, undefined if there was none
 * @param after the new entry, undefined if it is deleted
 * @returns null if the change is allowed
 */
export const checkEntry = (root: string, key: string, before: unknown, after: unknown): Refusal | null => {
  const schema = schemaOf(root, key)
  const reason = typeof schema === 'string' ? { code: schema } : checkValue(schema, key, before, after)
  return reason === null ? null : { ...reason, ...placeOf(root, key) }
}

const checkValue = (
  schema: v.GenericSchema,
  key: string,
  before: unknown,
  after: unknown
): Refusal | null => {
  const previous = parseEntry(before)
  // An invalid previous value does not constrain the new one.
  const binds = previous !== undefined && v.is(schema, previous[0])
  // Items are deleted by `deletedAt`; only the server removes entries, without this check.
  // Removing and rewriting an entry could change a write-once value or lower an epoch.
  if (after === undefined) return binds ? { code: 'removed-entry' } : null
  const entry = parseEntry(after)
  if (entry === undefined) return { code: 'bad-entry' }
  const result = v.safeParse(schema, entry[0], { abortEarly: true })
  if (!result.success) return reasonOf(result.issues[0])
  if (key === 'schemaVersion' && (entry[0] as number) > SCHEMA_VERSION) return { code: 'version-unknown' }
  return binds ? checkChange(key, previous[0], entry[0]) : null
}

/** A key's location, known parts only: a refusal never echoes unknown names. */
const placeOf = (root: string, key: string): Omit<Refusal, 'code'> => {
  if (!isDocumentRoot(root)) return {}
  const { id, field } = root === WORKSPACE_ROOT ? { field: key } : (splitKey(key) ?? {})
  return {
    root,
    ...(id !== undefined && ITEM_ID.test(id) && { id }),
    ...(field !== undefined && isField(field) && { field })
  }
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
  if (isCreation(key) && before !== after) return { code: 'created-twice' }
  if (isFieldKey(key, 'links')) {
    const was = before as Links
    const is = after as Links
    // A lower epoch would revive dead host links.
    if (is.epoch < was.epoch || (was.slug !== is.slug && is.epoch === was.epoch)) {
      return { code: 'links-kept-epoch' }
    }
  }
  if (key === 'schemaVersion' && (after as number) < (before as number)) return { code: 'version-fell' }
  return null
}

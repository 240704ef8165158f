import * as v from 'valibot'
import { isCreation, isDocumentRoot, isFieldKey, kindOf, splitKey, WORKSPACE_ROOT } from './keys.ts'
import { parseEntry } from './entry.ts'
import { isField, WORKSPACE_FIELDS } from './fields.ts'
import { ID_CHARACTERS } from './policy.ts'
import { reasonOf, type Refusal } from './refusals.ts'
import type { Links } from './schema.ts'
import { fieldSchema } from './strict-schema.ts'
import { SCHEMA_VERSION } from './workspace.ts'

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
  // What was not valid binds nobody.
  const binds = previous !== undefined && v.is(schema, previous[0])
  // Items are deleted by `deletedAt`; only the server takes entries out, and does not ask here. Otherwise who removes an
  // entry and writes it again could change what is written once, or let an epoch fall.
  if (after === undefined) return binds ? { code: 'removed-entry' } : null
  const entry = parseEntry(after)
  if (entry === undefined) return { code: 'bad-entry' }
  const result = v.safeParse(schema, entry[0], { abortEarly: true })
  if (!result.success) return reasonOf(result.issues[0])
  if (key === 'schemaVersion' && (entry[0] as number) > SCHEMA_VERSION) return { code: 'version-unknown' }
  return binds ? checkChange(key, previous[0], entry[0]) : null
}

/** Where a key stands, as far as it names what there can be: a refusal repeats nothing else. */
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
    // A lower epoch would bring dead host links back to life.
    if (is.epoch < was.epoch || (was.slug !== is.slug && is.epoch === was.epoch)) {
      return { code: 'links-kept-epoch' }
    }
  }
  if (key === 'schemaVersion' && (after as number) < (before as number)) return { code: 'version-fell' }
  return null
}

import type * as Y from 'yjs'
import * as v from 'valibot'
import { workspaceRoot } from './keys.ts'
import { InvalidValueError, reasonOf } from './refusals.ts'
import { parseEntry } from './entry.ts'
import { WORKSPACE_FIELDS } from './fields.ts'
import { tidyText } from './tidy-text.ts'

/** Raise it if an older app could not read, or would damage, what this one writes. */
export const SCHEMA_VERSION = 1

type Migration = (doc: Y.Doc, now: number) => void

/** `MIGRATIONS[n]` migrates a document from version n to n + 1. */
const MIGRATIONS: Record<number, Migration> = {}

const read = <F extends keyof typeof WORKSPACE_FIELDS>(doc: Y.Doc, field: F) => {
  const value = parseEntry(workspaceRoot(doc).get(field))?.[0]
  const result = v.safeParse(WORKSPACE_FIELDS[field], value)
  return result.success ? (result.output as v.InferOutput<(typeof WORKSPACE_FIELDS)[F]>) : undefined
}

/** Writes the initial fields of a new workspace. */
export const setUpWorkspace = (doc: Y.Doc, name: string, now: number): void => {
  const checked = parseWorkspaceName(name)
  doc.transact(() => {
    workspaceRoot(doc).set('schemaVersion', [SCHEMA_VERSION, now])
    workspaceRoot(doc).set('name', [checked, now])
  })
}

/** Trims and checks a workspace's name. @throws {InvalidValueError} */
export const parseWorkspaceName = (name: string): string => {
  const checked = v.safeParse(WORKSPACE_FIELDS.name, tidyText(name), { abortEarly: true })
  if (!checked.success) throw new InvalidValueError('name', reasonOf(checked.issues[0]))
  return checked.output
}

export const readWorkspaceName = (doc: Y.Doc): string | undefined => read(doc, 'name')

/** Was the document written by a newer app? This one may read it, but not write it. */
export const isNewerThanApp = (doc: Y.Doc): boolean => (read(doc, 'schemaVersion') ?? 1) > SCHEMA_VERSION

/** Migrates a document to this app's version. Runs on every open; idempotent. */
export const migrateDocument = (
  doc: Y.Doc,
  now: number,
  migrations: Record<number, Migration> = MIGRATIONS,
  target = SCHEMA_VERSION
): void => {
  const from = read(doc, 'schemaVersion')
  if (from === undefined || from >= target) return
  doc.transact(() => {
    for (let version = from; version < target; version++) migrations[version]?.(doc, now)
    workspaceRoot(doc).set('schemaVersion', [target, now])
  })
}

import { nanoid } from 'nanoid'
import type * as Y from 'yjs'
import { makeSlug } from './slugs.ts'
import { fieldKey, isCreation, itemRoot, splitKey, workspaceRoot } from './keys.ts'
import { GONE, isGone, readItem, readItems } from './read.ts'
import { InvalidValueError } from './refusals.ts'
import { isSameValue, MAX_TIME, parseEntry, withoutUndefined, type Entry } from './entry.ts'
import { FIELDS, FIELDS_OF, fieldOf, type FieldName, type FieldValues } from './fields.ts'
import { ITEM_KINDS, type ItemKind, type ItemRef } from './item-kinds.ts'
import type { Access, Cover, Schedule } from './schema.ts'
import { parseField } from './strict-schema.ts'
import { tidyText } from './tidy-text.ts'
import { parseWorkspaceName } from './workspace.ts'

type Changes = { [F in Exclude<FieldName, 'created' | 'links'>]?: FieldValues[F] | undefined }

export interface NewRoom {
  name: string
  access?: Access
  cover?: Cover
}

export interface NewWebinar extends NewRoom {
  schedule: Schedule
  description?: string
}

/**
 * Creates a room with its links.
 * @param now ms since 1970, corrected by the server's clock if known
 * @returns the new item's id
 * @throws {InvalidValueError} a value is not allowed; nothing was written
 */
export const createRoom = (doc: Y.Doc, room: NewRoom, now: number): string =>
  createItem(doc, 'room', room, now)

/** Creates a webinar, like `createRoom`. */
export const createWebinar = (doc: Y.Doc, webinar: NewWebinar, now: number): string =>
  createItem(doc, 'webinar', webinar, now)

const createItem = (doc: Y.Doc, kind: ItemKind, fields: Changes & { name: string }, now: number): string => {
  const id = nanoid()
  const values = parseChanges(kind, { access: FIELDS.access.default, cover: FIELDS.cover.default, ...fields })
  const slug = makeSlug(fields.name, kind)
  write(doc, { kind, id }, { created: now, links: { slug, epoch: 1 }, ...values }, now)
  return id
}

/**
 * Changes fields of an item, all or none. Unchanged values are not written.
 * @throws {InvalidValueError} a value is not allowed, or the item does not exist
 */
export const editItem = (doc: Y.Doc, ref: ItemRef, changes: Changes, now: number): void => {
  const values = parseChanges(ref.kind, changes)
  mustExist(doc, ref)
  write(doc, ref, values, now)
}

/** Gives an item a new slug and raises its epoch, which invalidates all its earlier links. */
export const resetLinks = (doc: Y.Doc, ref: ItemRef, now: number): void => {
  const { name, epoch } = mustExist(doc, ref)
  const links = parseField(ref.kind, 'links', { slug: makeSlug(name, ref.kind), epoch: epoch + 1 })
  write(doc, ref, { links }, now)
}

/**
 * Duplicates an item: appearance, access, lobby, schedule and description. The copy gets links of
 * its own and counts as never used.
 * @returns the new item's id
 * @throws {InvalidValueError} the name is not allowed, or the item does not exist
 */
export const duplicateItem = (doc: Y.Doc, ref: ItemRef, name: string, now: number): string => {
  const item = mustExist(doc, ref) as Partial<FieldValues>
  const copied = FIELDS_OF[ref.kind].filter(field => {
    const { isOwn, default: absent } = fieldOf(field)
    return !isOwn && !isSameValue(item[field], absent)
  })
  const values: Changes = Object.fromEntries(copied.map(field => [field, item[field]]))
  return createItem(doc, ref.kind, { ...values, name }, now)
}

/**
 * Deletes an item for good: readers hide it at once, and the server purges it from the document.
 * @throws {InvalidValueError} the item does not exist
 */
export const deleteForGood = (doc: Y.Doc, ref: ItemRef, now: number): void =>
  editItem(doc, ref, { deletedAt: GONE }, now)

/**
 * Renames the workspace. An unchanged name is not written.
 * @throws {InvalidValueError} the name is not allowed; nothing was written
 */
export const renameWorkspace = (doc: Y.Doc, name: string, now: number): void => {
  const value = parseWorkspaceName(name)
  assertTime(now)
  setEntry(workspaceRoot(doc), 'name', value, now)
}

/** Removes all of an item's entries from the document. */
export const purgeItem = (doc: Y.Doc, { kind, id }: ItemRef): void => {
  const root = itemRoot(doc, kind)
  doc.transact(() => {
    for (const field of FIELDS_OF[kind]) root.delete(fieldKey(id, field))
  })
}

/**
 * Copies every item missing in `to` from one document into another, with the same ids and links.
 * Items in both stay as they are in `to`. Items deleted for good are skipped.
 * @returns the number of items copied
 */
export const copyItems = (from: Y.Doc, to: Y.Doc): number => {
  let copied = 0
  to.transact(() => {
    for (const kind of ITEM_KINDS) {
      const target = itemRoot(to, kind)
      const present = new Set(Array.from(target.keys(), key => splitKey(key)?.id))
      const gone = new Set(
        readItems(from, kind)
          .filter(isGone)
          .map(({ id }) => id as string | undefined)
      )
      for (const [key, entry] of itemRoot(from, kind).entries()) {
        const id = splitKey(key)?.id
        const read = parseEntry(entry)
        if (read === undefined || present.has(id) || gone.has(id)) continue
        target.set(key, [withoutUndefined(read[0]), read[1]])
        if (isCreation(key)) copied++
      }
    }
  })
  return copied
}

const mustExist = (doc: Y.Doc, ref: ItemRef) => {
  const item = readItem(doc, ref)
  if (item === undefined || isGone(item)) {
    throw new InvalidValueError('item', { code: 'item-missing' })
  }
  return item
}

const parseChanges = (kind: ItemKind, changes: Changes): Partial<FieldValues> => {
  const given = Object.entries(changes) as [FieldName, unknown][]
  const parsed = given
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => [field, withoutUndefined(parseField(kind, field, tidy(value)))] as const)
  return Object.fromEntries(parsed)
}

const tidy = (value: unknown): unknown => (typeof value === 'string' ? tidyText(value) : value)

const write = (doc: Y.Doc, { kind, id }: ItemRef, values: Partial<FieldValues>, now: number): void => {
  assertTime(now)
  const root = itemRoot(doc, kind)
  doc.transact(() => {
    for (const [field, value] of Object.entries(values) as [FieldName, unknown][]) {
      setEntry(root, fieldKey(id, field), value, now)
    }
  })
}

const assertTime = (now: number): void => {
  if (!Number.isSafeInteger(now) || now < 0) throw new RangeError(`not a time in ms since 1970: ${now}`)
}

const setEntry = (root: Y.Map<Entry>, key: string, value: unknown, now: number): void => {
  const before = parseEntry(root.get(key))
  if (before !== undefined && isSameValue(before[0], value)) return
  // An edit is later than the one it replaces, even if this device's clock is behind.
  root.set(key, [value, Math.min(MAX_TIME, Math.max(now, (before?.[1] ?? 0) + 1))])
}

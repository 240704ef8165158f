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
 * Makes a room, with its links.
 * @param now ms since 1970, corrected by the server's clock where it is known
 * @returns the new item's id
 * @throws {InvalidValueError} and then nothing was written
 */
export const createRoom = (doc: Y.Doc, room: NewRoom, now: number): string =>
  createItem(doc, 'room', room, now)

/** Makes a webinar; otherwise like `createRoom`. */
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
 * Changes fields of an item, all or none of them; a value that is already there is not written again.
 * @throws {InvalidValueError} a value is not allowed, or the item does not exist
 */
export const editItem = (doc: Y.Doc, ref: ItemRef, changes: Changes, now: number): void => {
  const values = parseChanges(ref.kind, changes)
  mustExist(doc, ref)
  write(doc, ref, values, now)
}

/** Gives an item a new slug and raises its epoch: every earlier link of it is dead. */
export const resetLinks = (doc: Y.Doc, ref: ItemRef, now: number): void => {
  const { name, epoch } = mustExist(doc, ref)
  const links = parseField(ref.kind, 'links', { slug: makeSlug(name, ref.kind), epoch: epoch + 1 })
  write(doc, ref, { links }, now)
}

/**
 * Makes another item like this one: how it looks, who can join, its lobby, time and description. Its links are
 * its own, and it was not used yet.
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
 * Deletes an item for good: no reader shows it any more, at once, and the server takes it out of the document.
 * @throws {InvalidValueError} the item does not exist
 */
export const deleteForGood = (doc: Y.Doc, ref: ItemRef, now: number): void =>
  editItem(doc, ref, { deletedAt: GONE }, now)

/**
 * Gives the workspace another name; the same name again is not written.
 * @throws {InvalidValueError} the name is not allowed, and then nothing was written
 */
export const renameWorkspace = (doc: Y.Doc, name: string, now: number): void => {
  const value = parseWorkspaceName(name)
  assertTime(now)
  setEntry(workspaceRoot(doc), 'name', value, now)
}

/** Takes all of an item's entries out of the document, for good. */
export const purgeItem = (doc: Y.Doc, { kind, id }: ItemRef): void => {
  const root = itemRoot(doc, kind)
  doc.transact(() => {
    for (const field of FIELDS_OF[kind]) root.delete(fieldKey(id, field))
  })
}

/**
 * Copies every item that `to` does not have from one document into another, same ids and links; an item
 * that both have stays as `to` has it. What was deleted for good is left behind.
 * @returns how many were copied
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
  // An edit made after seeing another is later than it, whatever this device's clock says.
  root.set(key, [value, Math.min(MAX_TIME, Math.max(now, (before?.[1] ?? 0) + 1))])
}

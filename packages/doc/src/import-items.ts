import type * as Y from 'yjs'
import { picturesOf } from './export-items.ts'
import { boundEpoch, epochAt } from './epochs.ts'
import { checkEntry } from './guard.ts'
import { sha256 } from './sha256.ts'
import { checkedSlug, makeSlug, SLUG_TAIL } from './slugs.ts'
import type { MendedSchedule } from './mend-schedule.ts'
import type { ImportedItem } from './parse-item.ts'
import { fieldKey, itemRoot, ROOT_OF } from './keys.ts'
import { isGone, readItem, readItems, type Item } from './read.ts'
import { parseEntry, type Entry } from './entry.ts'
import { readField, type FieldName, type FieldValues } from './fields.ts'
import { ITEM_KINDS, type ItemKind } from './item-kinds.ts'
import type { Links } from './schema.ts'

const ID_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/**
 * Who an item of another workspace becomes here: always the same one, so that the same file can be imported
 * twice, or on two devices at once, and doubles nothing. Its old links stay the other workspace's.
 */
export const identityElsewhere = async (
  item: ImportedItem,
  from: string,
  to: string
): Promise<{ id: string; slug: string }> => {
  const text = new TextEncoder().encode(`foyer-import\n${from}\n${item.id}\n${to}`)
  const bytes = await sha256(text)
  const id = Array.from(bytes.subarray(0, 21), byte => ID_CHARACTERS.charAt(byte & 63)).join('')
  const head = item.entries.links?.[0].slug.slice(0, -SLUG_TAIL) ?? `${item.kind}-`
  const tail = bytes.subarray(21, 21 + SLUG_TAIL)
  let slug = checkedSlug(head, tail)
  // Another tail, but the same one on all devices.
  for (; slug === undefined; slug = checkedSlug(head, tail)) tail[1] = ((tail[1] ?? 0) + 1) & 255
  return { id, slug }
}

/** What an import does to one item. */
export interface ItemImport {
  kind: ItemKind
  /** Under which it is found here. */
  id: string
  /** What it is called after the import. */
  name: string
  /** What it is called before, where that changes. */
  nameBefore?: string
  /** Gone: it was deleted for good here, and comes back only after the server has taken it out. */
  fate: 'new' | 'changed' | 'same' | 'gone'
  /** The fields that are written. */
  fields: FieldName[]
  /** The fields in which the file has something else that was edited earlier: they stay as they are here. */
  kept: FieldName[]
  /** What the file calls it, where it keeps another name. */
  nameInFile?: string
  /** It is in "Recently deleted" after the import. */
  isDeleted: boolean
  /** The pictures that the written values name. */
  pictures: string[]
  lastUsedAt: number | null
  /** Where a schedule is written that is not letter for letter the file's. */
  mended?: MendedSchedule
  writes: [key: string, entry: Entry][]
}

/** Which item here has each slug. */
export type SlugOwners = ReadonlyMap<string, string>

export const slugOwners = (doc: Y.Doc): SlugOwners =>
  new Map(ITEM_KINDS.flatMap(kind => readItems(doc, kind).map(({ slug, id }) => [slug, id] as const)))

/**
 * What importing an item does, without doing it: an item that is here gets the fields that were edited later
 * in the file, one that is not is made. Nothing is planned that the guard would refuse.
 * @param now ms since 1970
 */
export const planItem = (doc: Y.Doc, item: ImportedItem, owners: SlugOwners, now: number): ItemImport => {
  const { kind, elsewhere, lastUsedAt } = item
  // The same id is the same item, wherever it went: signing in brings a device's items into another workspace.
  const isKnown = elsewhere === undefined || readItem(doc, { kind, id: item.id }) !== undefined
  const id = isKnown ? item.id : elsewhere.id
  const here = readItem(doc, { kind, id })
  if (here !== undefined && isGone(here)) {
    return {
      kind,
      id,
      name: here.name,
      fate: 'gone',
      fields: [],
      kept: [],
      isDeleted: true,
      pictures: [],
      lastUsedAt: null,
      writes: []
    }
  }
  const root = itemRoot(doc, kind)
  const written: Partial<FieldValues> = {}
  const writes: ItemImport['writes'] = []
  const kept: FieldName[] = []

  for (const [field, entry] of Object.entries(item.entries) as [FieldName, Entry][]) {
    const key = fieldKey(id, field)
    const raw = root.get(key)
    const before = readField(kind, field, raw) === undefined ? undefined : parseEntry(raw)
    const after =
      field !== 'links'
        ? entry
        : here === undefined
          ? linksOfNew(item, id, owners, now)
          : linksOfKnown(item, here, owners, now)
    if (after === undefined || isSame(after, before)) continue
    if (!isLater(after, before) || checkEntry(ROOT_OF[kind], key, raw, after) !== null) {
      // An import raises the epoch of what it makes: nobody sees that, and it is no other link.
      if (field !== 'links' || (after as Entry<Links>)[0].slug !== here?.slug) kept.push(field)
      continue
    }
    Object.assign(written, { [field]: after[0] })
    writes.push([key, after])
  }
  return {
    kind,
    id,
    name: written.name ?? here?.name ?? item.entries.name?.[0] ?? '',
    ...(here !== undefined && written.name !== undefined && { nameBefore: here.name }),
    fate: here === undefined ? 'new' : writes.length > 0 ? 'changed' : 'same',
    fields: Object.keys(written) as FieldName[],
    kept,
    ...(kept.includes('name') && item.entries.name && { nameInFile: item.entries.name[0] }),
    isDeleted: ('deletedAt' in written ? written.deletedAt : here?.deletedAt) != null,
    pictures: picturesOf(written),
    lastUsedAt,
    ...(item.mended && written.schedule && { mended: item.mended }),
    writes
  }
}

/** Of two edits of one time the one that is here stays, so that importing twice changes nothing. */
const isLater = ([, editedAt]: Entry, before: Entry | undefined): boolean =>
  before === undefined || editedAt > before[1]

const isSame = ([value]: Entry, before: Entry | undefined): boolean =>
  before !== undefined && JSON.stringify(value) === JSON.stringify(before[0])

/** A slug leads to one item alone, on the whole server: no second item gets it. */
const isFree = ({ slug }: Links, id: string, owners: SlugOwners): boolean => (owners.get(slug) ?? id) === id

const linksOfKnown = (
  { entries: { links }, elsewhere }: ImportedItem,
  { id, epoch: before }: Item,
  owners: SlugOwners,
  now: number
): Entry<Links> | undefined => {
  if (links === undefined || elsewhere !== undefined || !isFree(links[0], id, owners)) return undefined
  const [{ slug, epoch }, editedAt] = links
  return [{ slug, epoch: boundEpoch(epoch, before, now) }, editedAt]
}

/**
 * An item that is not here may have been here: its participant link comes back, as the preview says, but no
 * host link that was ever given out does. So its epoch is one that resets, by one each, have not come to.
 */
const linksOfNew = (
  { kind, entries: { links, name }, elsewhere }: ImportedItem,
  id: string,
  owners: SlugOwners,
  now: number
): Entry<Links> | undefined => {
  if (links === undefined) return undefined
  const [before, editedAt] = links
  const kept = isFree(before, id, owners) ? before.slug : makeSlug(name?.[0] ?? '', kind)
  const epoch = boundEpoch(Math.max(before.epoch + 1, epochAt(now)), 0, now)
  return [{ slug: elsewhere?.slug ?? kept, epoch }, editedAt]
}

/** Writes what was planned for the document as it is now, in one transaction. */
export const writeImport = (doc: Y.Doc, plan: ItemImport[]): void => {
  doc.transact(() => {
    for (const { kind, writes } of plan) {
      const root = itemRoot(doc, kind)
      for (const [key, entry] of writes) root.set(key, entry)
    }
  })
}

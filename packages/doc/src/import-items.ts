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
 * The id and slug that an item of another workspace gets here. Deterministic, so that importing a
 * file twice, or on two devices at once, makes no duplicates. The other workspace keeps its links.
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
  // Try another tail, the same one on all devices.
  for (; slug === undefined; slug = checkedSlug(head, tail)) tail[1] = ((tail[1] ?? 0) + 1) & 255
  return { id, slug }
}

/** What an import does to one item. */
export interface ItemImport {
  kind: ItemKind
  /** Its id in this workspace. */
  id: string
  /** Its name after the import. */
  name: string
  /** Its name before the import, if that changes. */
  nameBefore?: string
  /** Gone: deleted for good here. Importable again once the server has purged it. */
  fate: 'new' | 'changed' | 'same' | 'gone'
  /** The fields to write. */
  fields: FieldName[]
  /** The fields that differ in the file but keep the value here, which was edited later. */
  kept: FieldName[]
  /** Its name in the file, if the item keeps another one. */
  nameInFile?: string
  /** Is it in "Recently deleted" after the import? */
  isDeleted: boolean
  /** SHA-256 of the pictures that the written values name. */
  pictures: string[]
  lastUsedAt: number | null
  /** Set if the written schedule is not exactly the file's. */
  mended?: MendedSchedule
  writes: [key: string, entry: Entry][]
}

/** The id of the item with each slug. */
export type SlugOwners = ReadonlyMap<string, string>

export const slugOwners = (doc: Y.Doc): SlugOwners =>
  new Map(ITEM_KINDS.flatMap(kind => readItems(doc, kind).map(({ slug, id }) => [slug, id] as const)))

/**
 * Plans the import of an item without writing. An existing item gets the fields edited later in the
 * file, a missing one is created. Nothing that the guard would refuse is planned.
 * @param now ms since 1970
 */
export const planItem = (doc: Y.Doc, item: ImportedItem, owners: SlugOwners, now: number): ItemImport => {
  const { kind, elsewhere, lastUsedAt } = item
  // Signing in moves a device's items to another workspace with their ids: same id, same item.
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
      // An import raises a new item's epoch: the participant link stays, so do not report it.
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

/** On a tie the value here stays, so that importing twice changes nothing. */
const isLater = ([, editedAt]: Entry, before: Entry | undefined): boolean =>
  before === undefined || editedAt > before[1]

const isSame = ([value]: Entry, before: Entry | undefined): boolean =>
  before !== undefined && JSON.stringify(value) === JSON.stringify(before[0])

/** A slug belongs to one item on the whole server, so no second item may take it. */
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
 * A missing item may have existed here before. Its participant link works again, as the preview
 * says, but its old host links must not: the epoch is above any that resets have reached.
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

/** Writes a plan in one transaction. The plan must be for the document's current state. */
export const writeImport = (doc: Y.Doc, plan: ItemImport[]): void => {
  doc.transact(() => {
    for (const { kind, writes } of plan) {
      const root = itemRoot(doc, kind)
      for (const [key, entry] of writes) root.set(key, entry)
    }
  })
}

import {
  identityElsewhere,
  planItem,
  slugOwners,
  writeImport,
  type ItemImport,
  type ItemKind
} from '@foyer/doc'
import type { UsageLane } from '@foyer/sync'
import type { Doc } from 'yjs'
import { PictureError } from '#lib/pictures/make/picture-error.ts'
import { createYielder } from '#lib/ui/yielder.ts'
import { unpack } from './open-zip.ts'
import type { PictureStorage } from './picture-storage.ts'
import { readWorkspaceFile, type ReadFile } from './read-workspace-file.ts'
import { WorkspaceReplacedError } from './workspace-replaced-error.ts'

export interface ImportTarget {
  workspaceId: string
  doc: Doc
  usage: UsageLane
  pictures: PictureStorage
  /** Whether this workspace is still open and may be edited. */
  isCurrent: () => boolean
  /** Edits the open workspace. */
  edit: (change: (doc: Doc) => void) => void
}

/** A file read for one workspace. */
export interface ReadForImport extends ReadFile {
  into: string
}

export type ChangedItem = ItemImport & { used: boolean }

/** What an import would do or has done. */
export interface ImportSummary {
  created: Record<ItemKind, number>
  changed: Record<ItemKind, number>
  same: number
  /** The number of the file's items that end up in "Recently deleted". */
  deleted: number
  pictures: number
  /** Created or changed items; `used`: the file has a later time of use. */
  changes: ChangedItem[]
  /** Items that differ in the file but stay: edited later here, or deleted. */
  kept: ChangedItem[]
  /** Items left out: deleted for good here, not synced yet. */
  gone: ChangedItem[]
}

/**
 * Reads a file for a workspace; writes nothing.
 * @param now ms since 1970
 * @throws {BrokenFileError}
 */
export const readForImport = async (file: Blob, workspaceId: string, now: number): Promise<ReadForImport> => {
  const read = await readWorkspaceFile(file, now)
  if (read.workspaceId === workspaceId) return { ...read, into: workspaceId }
  const yieldNow = createYielder()
  const items = []
  for (const item of read.items) {
    items.push({ ...item, elsewhere: await identityElsewhere(item, read.workspaceId, workspaceId) })
    await yieldNow()
  }
  return { ...read, items, into: workspaceId }
}

/** Computes what an import would do now. @param now ms since 1970 */
export const previewImport = async (
  read: ReadFile,
  target: ImportTarget,
  now: number
): Promise<ImportSummary> => {
  const { plan } = await planAll(read, target.doc, now, createYielder())
  return summarize(plan, read, target.usage, now)
}

/**
 * Imports into the current document: pictures first, then all items in one transaction.
 * If it throws, no item was written.
 * @throws {WorkspaceReplacedError} another copy or workspace was opened meanwhile
 * @throws {PictureError} a picture could not be stored
 */
export const runImport = async (
  read: ReadFile,
  target: ImportTarget,
  now: () => number
): Promise<ImportSummary> => {
  const { changes } = await previewImport(read, target, now())
  const yieldNow = createYielder()
  for (const sha256 of picturesIn(changes, read)) {
    const picture = read.pictures.get(sha256)
    if (picture === undefined) continue
    const bytes = await unpack(picture.entry, yieldNow)
    const image = new Blob([bytes], { type: picture.type })
    const kept = await target.pictures.put(image, sha256, target.workspaceId)
    // Items refer to it by its hash.
    if (kept.image !== sha256) throw new PictureError('not-stored')
  }
  // Planning yields to the page: if the document changed meanwhile, plan again synchronously.
  const planned = await planAll(read, target.doc, now(), yieldNow)
  const { plan } = planned.isCurrent ? planned : await planAll(read, target.doc, now(), inOneTurn)
  if (!target.isCurrent()) throw new WorkspaceReplacedError()
  target.edit(doc => {
    writeImport(doc, plan)
  })
  const summary = summarize(plan, read, target.usage, now())
  target.usage.takePending(usedIn(plan, now()))
  return summary
}

/**
 * Imports into the open workspace; if it is replaced meanwhile, retries once with the new one.
 * @param target null if nothing may be written
 * @throws {WorkspaceReplacedError} nothing may be written, or it was replaced twice
 */
export const importIntoOpen = async (
  read: ReadForImport,
  target: () => Promise<ImportTarget | null>,
  now: () => number
): Promise<ImportSummary> => {
  const once = async () => {
    const into = await target()
    if (into === null) throw new WorkspaceReplacedError()
    const isFor = read.into === into.workspaceId
    return runImport(isFor ? read : await readForImport(read.file, into.workspaceId, now()), into, now)
  }
  try {
    return await once()
  } catch (error) {
    if (error instanceof WorkspaceReplacedError) return once()
    throw error
  }
}

const inOneTurn = () => Promise.resolve()

/** A plan, and whether the document changed while it was made. */
const planAll = async ({ items }: ReadFile, doc: Doc, now: number, yieldNow: () => Promise<void>) => {
  let changed = false
  const onChange = () => {
    changed = true
  }
  doc.on('update', onChange)
  const owners = slugOwners(doc)
  const plan: ItemImport[] = []
  for (const item of items) {
    plan.push(planItem(doc, item, owners, now))
    await yieldNow()
  }
  doc.off('update', onChange)
  return { plan, isCurrent: !changed }
}

const picturesIn = (changes: ItemImport[], { pictures }: ReadFile): Set<string> =>
  new Set(changes.flatMap(change => change.pictures).filter(sha256 => pictures.has(sha256)))

/** Times of last use, which are not in the document; none is in the future. */
const usedIn = (plan: ItemImport[], now: number): Record<string, number> =>
  Object.fromEntries(
    plan.flatMap(({ id, lastUsedAt }) => (lastUsedAt === null ? [] : [[id, Math.min(lastUsedAt, now)]]))
  )

const summarize = (plan: ItemImport[], read: ReadFile, usage: UsageLane, now: number): ImportSummary => {
  const isUsedLater = ({ id, lastUsedAt }: ItemImport) =>
    lastUsedAt !== null && Math.min(lastUsedAt, now) > (usage.lastUsedAt(id) ?? -1)
  const items = plan.map(item => ({ ...item, used: isUsedLater(item) }))
  const gone = items.filter(({ fate }) => fate === 'gone')
  const changes = items.filter(({ fate, used }) => fate === 'new' || fate === 'changed' || used)
  const unchanged = items.filter(({ fate, used }) => fate === 'same' && !used)
  const kept = unchanged.filter(({ kept, isDeleted }) => kept.length > 0 || isDeleted)
  const count = (isNew: boolean, kind: ItemKind) =>
    changes.filter(item => item.kind === kind && (item.fate === 'new') === isNew).length
  return {
    created: { room: count(true, 'room'), webinar: count(true, 'webinar') },
    changed: { room: count(false, 'room'), webinar: count(false, 'webinar') },
    same: unchanged.filter(({ kept }) => kept.length === 0).length,
    deleted: [...changes, ...kept].filter(({ isDeleted }) => isDeleted).length,
    pictures: picturesIn(changes, read).size,
    changes,
    kept,
    gone
  }
}

import {
  fieldKey,
  GONE,
  isCreation,
  isDeletion,
  isInRoot,
  isSameEntry,
  itemIdOf,
  itemKeys,
  itemRefOf,
  itemRoot,
  ITEM_KINDS,
  makeSlug,
  MAX_EPOCH,
  parseEntry,
  workspaceRoot
} from '@foyer/doc'
import { picturesOf, readItem, readItems, ROOT_OF } from '@foyer/doc'
import type { Entry, ItemRef, Refusal } from '@foyer/doc'
import { can, type Role } from '@foyer/access'
import { CLOSE } from '@foyer/sync/protocol'
import { createDecoder, readVarUint } from 'lib0/decoding'
import * as Y from 'yjs'
import { Batch } from './batch.ts'
import { createExpiry } from './expiry.ts'
import { createFutureTimes } from './future-times.ts'
import { readIncomingUpdate, type IncomingUpdate, type Place } from '../update/incoming-update.ts'
import { sliceUpdate, type SliceGenerator } from '../update/large-update.ts'
import { resolveConflict, type KeyChange, type Resolution } from '../update/conflict-rules.ts'
import { malformed, RefusedFrameError, tooManyClients } from '../update/refused-frame-error.ts'
import { isWaiting, replay } from './replay.ts'
import { BOUNDS } from '../update/update-bounds.ts'
import type {
  ActivityEntry,
  ProjectedChange,
  SetAside,
  StoredHistory,
  WrongLinks
} from '../storage/update-store.ts'

/** Who sent an update. */
export interface Author {
  userId: string
  role: Role
}

export interface AuthoredUpdate {
  update: Uint8Array
  /** Updates of one author object keep their order. */
  author: Author
  /** A part of one that was taken apart. */
  isSlice?: boolean
}

/** Work of one update that is done as a whole, and of all that are done at once beside the first. */
const HEAVY_WORK = 1_000
const MAX_WORK = 2_000
/** To find out that an update is heavy. */
const READING_WORK = 50

/**
 * What became of one update. `gap`: it builds on what is not here, and was left out as a whole. `heavy`: it is to be
 * taken apart, as others would wait for too long. `waits`: it is to come again, as enough was done at once.
 */
export type Outcome =
  | { type: 'applied'; refusals: Refusal[] }
  | { type: 'gap' }
  | { type: 'refused'; error: RefusedFrameError }
  | { type: 'heavy' }
  | { type: 'waits' }

/** What applying a batch of updates did. */
export interface Applied {
  /** One update that holds all that is new; null where nothing was. */
  update: Uint8Array | null
  /** The update holds more than its authors sent: a value was put back, or a later one stands again. */
  corrected: boolean
  outcomes: Outcome[]
  projected: ProjectedChange[]
  /** What the workspace is called now, where an update changed that. */
  workspaceName: string | null
  activity: ActivityEntry[]
  /** Yjs clients seen for the first time, and whose they are. */
  newClients: Map<number, string>
}

export interface DocumentHistory extends StoredHistory {
  /** Whose each Yjs client is. */
  clients: Map<number, string>
}

/** The server's copy of a workspace's document: it checks what comes, and says what each change means. */
export interface WorkspaceDocument {
  /** What of its history is of no use, and left out. */
  readonly setAside: readonly SetAside[]
  /** Slices are to stand first. @param now ms since 1970 */
  apply(batch: AuthoredUpdate[], now: number): Applied
  /**
   * Takes a large update apart: a pause (null), or a slice that is to be applied before the next is asked for.
   * In the end it says what became of it, as far as its slices do not.
   */
  slice(update: AuthoredUpdate): SliceGenerator<Outcome>
  stateVector(): Uint8Array
  /** What a replica with this state vector lacks. @throws {Error} when it is none, or names more clients than there are */
  missing(stateVector: Uint8Array): Uint8Array
  snapshot(): Uint8Array
  hasItem(id: string): boolean
  /** Whose a Yjs client is, undefined where nobody has written under it in this generation. */
  authorOf(client: number): string | undefined
  /** Pictures (SHA-256) that items name, deleted ones too. */
  pictures(): ReadonlySet<string>
  /** The next `apply` gives these items links of their own, that they never had. */
  renewLinks(wrong: WrongLinks[]): void
  /** The next `apply` has something to do by itself: an item has expired or needs other links, a time is repaired. */
  isDue(now: number): boolean
  destroy(): void
}

/** The snapshot that a document is to be made of cannot be read by Yjs. */
export class UnreadableSnapshotError extends Error {
  override name = 'UnreadableSnapshotError'
}

/** An update failed half-way: what is in memory is of no use any more, and nothing of it may be stored. */
export class CorruptDocumentError extends Error {
  override name = 'CorruptDocumentError'
  /** Which update of the batch it was. */
  readonly index: number

  constructor(index: number, cause: unknown) {
    super(`an update failed half-way: ${String(cause)}`, { cause })
    this.index = index
  }
}

/** Owner of the Yjs clients under which the server itself writes. */
export const SERVER = 'server'
/** Owner of the Yjs clients of a generation that has ended: nothing new is taken from them. */
export const RETIRED = 'retired'

export const createWorkspaceDocument = ({
  snapshot,
  updates,
  clients: owners
}: DocumentHistory): WorkspaceDocument => {
  const replayed = replay({ snapshot, updates })
  if (replayed === null) throw new UnreadableSnapshotError()
  const { doc, setAside } = replayed
  let merged: Uint8Array | null = null
  doc.on('update', update => {
    merged = update
  })
  const clientsOf = new Map<string, number>()
  for (const owner of owners.values()) clientsOf.set(owner, (clientsOf.get(owner) ?? 0) + 1)
  const rootMap = (root: string) => doc.getMap<Entry>(root)
  for (const kind of ITEM_KINDS) itemRoot(doc, kind)
  workspaceRoot(doc)

  const expiry = createExpiry(doc)
  const futureTimes = createFutureTimes(doc)

  const needLinks: WrongLinks[] = []

  /** Its epoch rises, as with every new slug: what was shared of this one never led here. */
  const renewLinks = ({ highestEpoch, ...ref }: WrongLinks, batch: Batch): void => {
    const item = readItem(doc, ref)
    if (item === undefined) return
    const place = { root: ROOT_OF[ref.kind], key: fieldKey(ref.id, 'links') }
    const was = parseEntry(rootMap(place.root).get(place.key))
    const epoch = Math.max(item.epoch, highestEpoch) + 1
    const links = { slug: makeSlug(item.name, ref.kind), epoch: Math.min(epoch, MAX_EPOCH) }
    const entry: Entry = [links, Math.max(batch.now, was?.[1] ?? 0)]
    repairEntry(place, entry, batch)
  }

  const repairEntry = (place: Place, entry: Entry, batch: Batch): void => {
    const was = parseEntry(rootMap(place.root).get(place.key))
    enforceEntry(place, entry, batch)
    batch.note(place, was, entry, undefined, SERVER)
  }

  /** @param userId who asked for it, or the server itself */
  const removeItem = (ref: ItemRef, userId: string, batch: Batch): void => {
    const root = ROOT_OF[ref.kind]
    for (const key of itemKeys(doc, ref)) {
      const was = rootMap(root).get(key)
      enforceEntry({ root, key }, undefined, batch)
      batch.note({ root, key }, parseEntry(was), undefined, undefined, userId)
    }
  }

  const applyOne = ({ update, author, isSlice = false }: AuthoredUpdate, batch: Batch): Outcome => {
    let incoming: IncomingUpdate
    try {
      incoming = readIncomingUpdate(doc, update)
      if (incoming.hasGap) return { type: 'gap' }
      checkAuthor(incoming, author)
      const isHeavy = !isSlice && incoming.work > HEAVY_WORK
      // Slices are bounded where they are cut, and hold up nobody's edit.
      if (!isSlice) batch.work += isHeavy ? READING_WORK : incoming.work
      if (isHeavy) return { type: 'heavy' }
    } catch (error) {
      if (error instanceof RefusedFrameError) return { type: 'refused', error }
      throw error
    }
    for (const client of incoming.clients) if (!owners.has(client)) claimClient(client, author.userId, batch)
    const before = incoming.places.map(place => rootMap(place.root).get(place.key))
    Y.applyUpdate(doc, update)
    // What was read passes: it is known to find all that it follows.
    if (isWaiting(doc)) throw new Error('a part of an update is left waiting')
    return { type: 'applied', refusals: resolveChanges(incoming, before, author, batch) }
  }

  const claimClient = (client: number, userId: string, batch: Batch): void => {
    owners.set(client, userId)
    clientsOf.set(userId, (clientsOf.get(userId) ?? 0) + 1)
    batch.newClients.set(client, userId)
  }

  const checkAuthor = (
    { clients, places }: Pick<IncomingUpdate, 'clients' | 'places'>,
    { userId, role }: Author
  ): void => {
    if (!can(role, 'edit-items') && places.length > 0) {
      throw new RefusedFrameError(
        CLOSE.notAMember,
        'read-only',
        'Viewers can read this workspace, not change it.'
      )
    }
    let known = clientsOf.get(userId) ?? 0
    for (const client of clients) {
      const owner = owners.get(client)
      if (owner === undefined && ++known > BOUNDS.clientsOfPerson) throw tooManyClients()
      if (owner === RETIRED) {
        throw new RefusedFrameError(CLOSE.otherGeneration, 'other-generation', 'This workspace was restored.')
      }
      if (owner !== undefined && owner !== userId) {
        throw new RefusedFrameError(CLOSE.malformed, 'forged', 'These changes are not this account’s own.')
      }
    }
  }

  /** After Yjs has had its way: lets stand under each key what has to, and notes what that means. */
  const resolveChanges = (
    incoming: IncomingUpdate,
    before: (Entry | undefined)[],
    author: Author,
    batch: Batch
  ): Refusal[] => {
    const refusals: Refusal[] = []
    const changes = changesOf(incoming, before)
    const purged = itemsPurged(changes)
    const removed = purgedAtOnce(changes, batch.now)
    // Whether an item is there is decided before what may be written to it.
    changes.sort((a, b) => Number(isCreation(b.key)) - Number(isCreation(a.key)))
    for (const change of changes) {
      const resolution = removed.has(ownerOf(change)) ? REMOVED : resolveChange(change, purged, batch.now)
      const entry = isWritable(change, resolution.entry) ? resolution.entry : undefined
      if (resolution.refusal !== null) refusals.push(resolution.refusal)
      enforceEntry(change, entry, batch)
      batch.note(change, change.before, entry, resolution.superseded, author.userId)
    }
    for (const ref of removed.values()) removeItem(ref, author.userId, batch)
    return refusals
  }

  const changesOf = ({ places, writes }: IncomingUpdate, before: (Entry | undefined)[]): Change[] => {
    const written = Map.groupBy(writes, ({ root, key }) => `${root}/${key}`)
    return places.map(({ root, key }, index) => ({
      root,
      key,
      was: before[index],
      before: parseEntry(before[index]),
      written: written.get(`${root}/${key}`)?.map(({ value }) => value) ?? [],
      visible: rootMap(root).get(key)
    }))
  }

  const resolveChange = (change: Change, purged: ReadonlyMap<string, ItemRef>, now: number): Resolution => {
    const { was, before, written, visible } = change
    // An item that was made and taken away again before anybody else saw it.
    const isGone = was === undefined && visible === undefined && !itemExists(change)
    if (written.length > 0 && !isGone) return resolveConflict(change, now)
    return { ...REMOVED, entry: purged.has(ownerOf(change)) ? undefined : before }
  }

  /** Only a whole item, and one that lies in "Recently deleted", can be taken out of the document. */
  const itemsPurged = (changes: Change[]): Map<string, ItemRef> => {
    const deleted = changes.filter(({ key, before }) => isDeletion(key) && (before?.[0] ?? null) !== null)
    return itemsOf(deleted, ref => itemKeys(doc, ref).length === 0)
  }

  /** Items that a person wants gone at once, unless a later edit keeps them. */
  const purgedAtOnce = (changes: Change[], now: number): Map<string, ItemRef> => {
    const deletions = changes.filter(({ key, written }) => isDeletion(key) && written.length > 0)
    return itemsOf(deletions.filter(change => resolveConflict(change, now).entry?.[0] === GONE))
  }

  /** What is written to an item that is not (or no longer) there does not stay. */
  const isWritable = ({ root, key }: Place, entry: Entry | undefined): boolean => {
    return entry === undefined || isCreation(key) || itemExists({ root, key })
  }

  const itemExists = ({ root, key }: Place): boolean => {
    const id = itemIdOf(root, key)
    return id === undefined || isInRoot(rootMap(root), id)
  }

  const enforceEntry = ({ root, key }: Place, entry: Entry | undefined, batch: Batch): void => {
    const map = rootMap(root)
    const visible = map.get(key)
    if (entry === undefined ? visible === undefined : isSameEntry(visible, entry)) return
    batch.corrected = true
    if (!owners.has(doc.clientID)) claimClient(doc.clientID, SERVER, batch)
    if (entry === undefined) map.delete(key)
    else map.set(key, entry)
  }

  return {
    setAside,
    apply(updates, now) {
      merged = null
      const batch = new Batch(now)
      const outcomes: Outcome[] = []
      doc.transact(transaction => {
        for (const { place, entry } of futureTimes.take(now)) repairEntry(place, entry, batch)
        for (const ref of expiry.takeExpired(now)) removeItem(ref, SERVER, batch)
        for (const wrong of needLinks.splice(0)) renewLinks(wrong, batch)
        const waiting = new Set<Author>()
        for (const update of updates) {
          const isDue = batch.work < MAX_WORK && !waiting.has(update.author)
          try {
            outcomes.push(isDue || update.isSlice === true ? applyOne(update, batch) : { type: 'waits' })
          } catch (cause) {
            throw new CorruptDocumentError(outcomes.length, cause)
          }
          if (outcomes.at(-1)?.type === 'heavy') waiting.add(update.author)
        }
        // Applying an update makes it a remote one; what was put back is this document's own all the same.
        transaction.local = true
      })
      return {
        update: merged,
        corrected: batch.corrected,
        outcomes,
        projected: batch.projected(doc),
        workspaceName: batch.workspaceName(doc),
        activity: batch.activity(),
        newClients: batch.newClients
      }
    },
    *slice({ update, author }) {
      try {
        const end = yield* sliceUpdate(doc, update, incoming => {
          checkAuthor(incoming, author)
        })
        return end === 'gap' ? { type: 'gap' } : { type: 'applied', refusals: [] }
      } catch (error) {
        if (error instanceof RefusedFrameError) return { type: 'refused', error }
        throw error
      }
    },
    stateVector: () => Y.encodeStateVector(doc),
    missing(stateVector) {
      // So that to read it costs no more than to write this document's own.
      const clients = readVarUint(createDecoder(stateVector))
      if (clients > doc.store.clients.size + BOUNDS.clients)
        throw malformed('too many clients in a state vector')
      return Y.encodeStateAsUpdate(doc, stateVector)
    },
    snapshot: () => Y.encodeStateAsUpdate(doc),
    pictures: () => new Set(ITEM_KINDS.flatMap(kind => readItems(doc, kind).flatMap(picturesOf))),
    renewLinks(wrong) {
      needLinks.push(...wrong)
    },
    isDue: now => needLinks.length > 0 || expiry.isDue(now) || futureTimes.isDue(now),
    authorOf(client) {
      const owner = owners.get(client)
      return owner === RETIRED ? undefined : owner
    },
    hasItem: id => ITEM_KINDS.some(kind => isInRoot(itemRoot(doc, kind), id)),
    destroy() {
      doc.destroy()
    }
  }
}

/** What an update does under one key. */
interface Change extends KeyChange {
  /** What stood there, valid or not. */
  was: Entry | undefined
}

const REMOVED: Readonly<Resolution> = { entry: undefined, refusal: null, superseded: undefined }

const itemsOf = (places: Place[], where: (ref: ItemRef) => boolean = () => true): Map<string, ItemRef> => {
  const items = new Map<string, ItemRef>()
  for (const place of places) {
    const ref = itemRefOf(place.root, place.key)
    if (ref !== undefined && where(ref)) items.set(ownerOf(place), ref)
  }
  return items
}

const ownerOf = ({ root, key }: Place): string => `${root}/${itemIdOf(root, key) ?? ''}`

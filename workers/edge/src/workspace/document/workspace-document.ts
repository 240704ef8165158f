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
  /** A slice of a large update. */
  isSlice?: boolean
}

/** Work of one update that is applied whole, and of a whole batch. */
const HEAVY_WORK = 1_000
const MAX_WORK = 2_000
/** Work to find out that an update is heavy. */
const READING_WORK = 50

/**
 * Outcome of one update. `gap`: it depends on missing structs and was skipped. `heavy`: it has to
 * be sliced. `waits`: the batch is full, retry it.
 */
export type Outcome =
  | { type: 'applied'; refusals: Refusal[] }
  | { type: 'gap' }
  | { type: 'refused'; error: RefusedFrameError }
  | { type: 'heavy' }
  | { type: 'waits' }

/** Result of applying a batch. */
export interface Applied {
  /** One merged update; null without changes. */
  update: Uint8Array | null
  /** The update contains corrections by the server. */
  corrected: boolean
  outcomes: Outcome[]
  projected: ProjectedChange[]
  /** The new name, if the workspace was renamed. */
  workspaceName: string | null
  activity: ActivityEntry[]
  /** New Yjs clients and their owners. */
  newClients: Map<number, string>
}

export interface DocumentHistory extends StoredHistory {
  /** Owner of each Yjs client. */
  clients: Map<number, string>
}

/** The server's copy of a workspace's document: checks updates and resolves conflicts. */
export interface WorkspaceDocument {
  /** Unusable parts of its history. */
  readonly setAside: readonly SetAside[]
  /** Slices come first. @param now ms since 1970 */
  apply(batch: AuthoredUpdate[], now: number): Applied
  /**
   * Slices a large update. Yields a pause (null) or a slice, which must be applied before the next
   * one. Returns the outcome of the whole, as far as the slices do not show it.
   */
  slice(update: AuthoredUpdate): SliceGenerator<Outcome>
  stateVector(): Uint8Array
  /**
   * What a replica with this state vector is missing.
   * @throws {Error} invalid, or with too many clients
   */
  missing(stateVector: Uint8Array): Uint8Array
  snapshot(): Uint8Array
  hasItem(id: string): boolean
  /** Owner of a Yjs client; undefined if unused in this generation. */
  authorOf(client: number): string | undefined
  /** Pictures (SHA-256) of all items, deleted ones too. */
  pictures(): ReadonlySet<string>
  /** Gives these items new links with the next `apply`. */
  renewLinks(wrong: WrongLinks[]): void
  /** `apply` has work without updates: an expired item, invalid links or a future time. */
  isDue(now: number): boolean
  destroy(): void
}

/** Yjs cannot read the snapshot. */
export class UnreadableSnapshotError extends Error {
  override name = 'UnreadableSnapshotError'
}

/** An update failed half-way. The document in memory is corrupt and must not be stored. */
export class CorruptDocumentError extends Error {
  override name = 'CorruptDocumentError'
  /** Index of that update in the batch. */
  readonly index: number

  constructor(index: number, cause: unknown) {
    super(`an update failed half-way: ${String(cause)}`, { cause })
    this.index = index
  }
}

/** Owner of the Yjs clients under which the server itself writes. */
export const SERVER = 'server'
/** Owner of the Yjs clients of earlier generations: their updates are refused. */
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

  /** Raises the epoch, as with every new slug. */
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

  /** @param userId its author, or the server */
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
      // Slices have their own limit.
      if (!isSlice) batch.work += isHeavy ? READING_WORK : incoming.work
      if (isHeavy) return { type: 'heavy' }
    } catch (error) {
      if (error instanceof RefusedFrameError) return { type: 'refused', error }
      throw error
    }
    for (const client of incoming.clients) if (!owners.has(client)) claimClient(client, author.userId, batch)
    const before = incoming.places.map(place => rootMap(place.root).get(place.key))
    Y.applyUpdate(doc, update)
    // Reading has ensured that all dependencies exist.
    if (isWaiting(doc)) throw new Error('a part of an update is left pending')
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

  /** After Yjs has merged: enforces the right entry of each key and records the effects. */
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
    // Creations first: whether an item exists decides what may be written to it.
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
    // An item that was created and purged before it was ever synced.
    const isGone = was === undefined && visible === undefined && !itemExists(change)
    if (written.length > 0 && !isGone) return resolveConflict(change, now)
    return { ...REMOVED, entry: purged.has(ownerOf(change)) ? undefined : before }
  }

  /** Only whole items in "Recently deleted" can be purged. */
  const itemsPurged = (changes: Change[]): Map<string, ItemRef> => {
    const deleted = changes.filter(({ key, before }) => isDeletion(key) && (before?.[0] ?? null) !== null)
    return itemsOf(deleted, ref => itemKeys(doc, ref).length === 0)
  }

  /** Items deleted for good, unless a later edit restores them. */
  const purgedAtOnce = (changes: Change[], now: number): Map<string, ItemRef> => {
    const deletions = changes.filter(({ key, written }) => isDeletion(key) && written.length > 0)
    return itemsOf(deletions.filter(change => resolveConflict(change, now).entry?.[0] === GONE))
  }

  /** Writes to an item that does not exist are discarded. */
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
        // applyUpdate has marked the transaction as remote, but corrections are local.
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
      // Bounds the cost of reading it.
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

/** What an update does to one key. */
interface Change extends KeyChange {
  /** The entry before, valid or not. */
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

import { isDocumentRoot } from '@foyer/doc'
import { CLOSE } from '@foyer/sync/protocol'
import { readValue } from './read-value.ts'
import { malformed, RefusedFrameError, tooLarge } from './refused-frame-error.ts'
import { BOUNDS } from './update-bounds.ts'
import { UpdateDecoder } from './update-decoder.ts'

export interface Id {
  client: number
  clock: number
}

/** A root map and a key in it. */
export interface Place {
  root: string
  key: string
}

/** A Yjs item of an update: values of a key, or a deleted remainder. */
export interface ReadStruct extends Id {
  length: number
  /** The struct that it follows, in the same place. */
  origin: Id | null
  /** Null where `origin` implies it. */
  place: Place | null
  /** Empty if deleted, or read without values. */
  values: unknown[]
  valueCount: number
  /** Byte range in the update. */
  from: number
  to: number
}

export interface Deletion extends Id {
  length: number
}

export interface ReadUpdate {
  /** By client, ordered by clock. Null if the update has a gap in itself. */
  clients: Map<number, ReadStruct[]> | null
  /** Ordered by client and clock, without overlaps. */
  deletions: Deletion[]
}

/** Structs and deletions between two pauses. */
const PAUSE_EVERY = 1_000

/**
 * Decodes a Yjs update (V1) and refuses whatever a workspace's flat maps cannot hold, without
 * applying anything. It yields regularly, so that a large update does not block other work.
 * @throws {RefusedFrameError}
 */
export function* readUpdate(bytes: Uint8Array, keepValues = true): Generator<void, ReadUpdate> {
  const decoder = new UpdateDecoder(bytes)
  const structs = yield* readStructs(decoder, keepValues)
  const deletions = yield* readDeletions(decoder)
  if (!decoder.isAtEnd) throw malformed('bytes after the end of an update')
  return { clients: structs, deletions }
}

function* readStructs(decoder: UpdateDecoder, keepValues: boolean): Generator<void, ReadUpdate['clients']> {
  const clients = new Map<number, ReadStruct[]>()
  const budget = { left: BOUNDS.values }
  let structsLeft: number = BOUNDS.structs
  let hasHole = false
  for (let left = decoder.count(BOUNDS.clients, 'Yjs clients'); left > 0; left--) {
    const count = decoder.count(structsLeft, 'changes')
    structsLeft -= count
    const client = decoder.uint(BOUNDS.clientId)
    let clock = decoder.uint()
    const structs: ReadStruct[] = []
    if (clients.has(client)) throw malformed('a Yjs client twice in an update')
    clients.set(client, structs)
    for (let i = 0; i < count; i++) {
      const struct = readStruct(decoder, client, clock, budget)
      if (struct.isSkip) hasHole = true
      if (!keepValues) struct.values = []
      structs.push(struct)
      clock += struct.length
      if (!Number.isSafeInteger(clock)) throw malformed('a number out of range')
      if ((structsLeft + i) % PAUSE_EVERY === 0) yield
    }
  }
  return hasHole ? null : clients
}

/** The first byte of a struct: its kind, and the parts that follow. */
const KIND = 0b11111
const DELETED = 1
const VALUES = 8
const SKIP = 10
const HAS_ORIGIN = 0b1000_0000
const HAS_RIGHT_ORIGIN = 0b0100_0000
const HAS_KEY = 0b0010_0000

const readStruct = (
  decoder: UpdateDecoder,
  client: number,
  clock: number,
  budget: { left: number }
): ReadStruct & { isSkip: boolean } => {
  const from = decoder.position
  const info = decoder.byte()
  const kind = info & KIND
  const isSkip = kind === SKIP
  // Root maps are never deleted, so no honest client has a bare GC struct (kind 0).
  if (kind === 0) throw malformed('a struct that is no item')
  if (!isSkip && kind !== VALUES && kind !== DELETED) throw malformed('only plain values can be written')
  let origin: Id | null = null
  let place: Place | null = null
  if (!isSkip) {
    if ((info & HAS_RIGHT_ORIGIN) !== 0) throw malformed('a map entry that stands left of another')
    if ((info & HAS_ORIGIN) === 0) place = readPlace(decoder, info)
    else origin = { client: decoder.uint(BOUNDS.clientId), clock: decoder.uint() }
  }
  const values = kind === VALUES ? readValues(decoder, budget) : []
  const length = kind === VALUES ? values.length : decoder.uint()
  if (length === 0) throw malformed('a struct that is empty')
  return {
    client,
    clock,
    length,
    origin,
    place,
    values,
    valueCount: values.length,
    from,
    to: decoder.position,
    isSkip
  }
}

const readPlace = (decoder: UpdateDecoder, info: number): Place => {
  const isRoot = decoder.uint() === 1
  const root = isRoot ? decoder.text(BOUNDS.keyBytes) : ''
  if (!isDocumentRoot(root)) {
    throw new RefusedFrameError(CLOSE.malformed, 'unknown-root', 'A workspace has no such part.')
  }
  if ((info & HAS_KEY) === 0) throw malformed('a list entry in a map')
  return { root, key: decoder.text(BOUNDS.keyBytes) }
}

const readValues = (decoder: UpdateDecoder, budget: { left: number }): unknown[] => {
  const length = decoder.count(BOUNDS.valuesInStruct, 'values')
  return Array.from({ length }, () => readValue(decoder, budget))
}

function* readDeletions(decoder: UpdateDecoder): Generator<void, Deletion[]> {
  const deletions: Deletion[] = []
  const seen = new Set<number>()
  // Any client of the document may have deletions, not only those with structs in this update.
  for (let left = decoder.count(BOUNDS.deletions, 'deletions'); left > 0; left--) {
    const client = decoder.uint(BOUNDS.clientId)
    if (seen.has(client)) throw malformed('a Yjs client twice in an update')
    seen.add(client)
    let end = 0
    for (let ranges = decoder.uint(); ranges > 0; ranges--) {
      if (deletions.length === BOUNDS.deletions) throw tooLarge('Too many deletions at once.')
      const clock = decoder.uint()
      const length = decoder.uint()
      // Yjs sorts and merges ranges. Overlapping ones would be applied repeatedly.
      if (length === 0 || clock < end) throw malformed('deletions that overlap')
      end = clock + length
      if (!Number.isSafeInteger(end)) throw malformed('a number out of range')
      deletions.push({ client, clock, length })
      if (deletions.length % PAUSE_EVERY === 0) yield
    }
  }
  return deletions
}

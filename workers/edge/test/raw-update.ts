import * as encoding from 'lib0/encoding'

/**
 * A struct as an update holds it; nothing is checked, so that what no Yjs client writes can be
 * written.
 */
export interface RawStruct {
  /** What it follows. Without it, it stands at `root` and `key`. */
  origin?: [client: number, clock: number]
  rightOrigin?: [client: number, clock: number]
  root?: string
  /** Null: as in a list. */
  key?: string | null
  values?: unknown[]
  /** What is left of so many values. */
  deleted?: number
  /** Any other kind of struct: its number and what follows. */
  other?: { kind: number; bytes: number[] }
}

export interface RawUpdate {
  structs?: { client: number; clock?: number; structs: RawStruct[] }[]
  deletions?: { client: number; ranges: [clock: number, length: number][] }[]
}

/** A Yjs update (V1), byte by byte. */
export const rawUpdate = ({ structs: clients = [], deletions = [] }: RawUpdate): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, clients.length)
  for (const { client, clock = 0, structs } of clients) {
    encoding.writeVarUint(encoder, structs.length)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    for (const struct of structs) writeStruct(encoder, struct)
  }
  encoding.writeVarUint(encoder, deletions.length)
  for (const { client, ranges } of deletions) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, ranges.length)
    for (const number of ranges.flat()) encoding.writeVarUint(encoder, number)
  }
  return encoding.toUint8Array(encoder)
}

const writeStruct = (encoder: encoding.Encoder, struct: RawStruct): void => {
  const { origin, rightOrigin, root = 'rooms', key = null, values = [], deleted, other } = struct
  const kind = other?.kind ?? (deleted === undefined ? 8 : 1)
  encoding.writeUint8(encoder, kind | (origin ? 128 : 0) | (rightOrigin ? 64 : 0) | (key === null ? 0 : 32))
  for (const number of [...(origin ?? []), ...(rightOrigin ?? [])]) encoding.writeVarUint(encoder, number)
  const isBare = kind === 0 || kind === 10
  if (!isBare && origin === undefined && rightOrigin === undefined) {
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarString(encoder, root)
    if (key !== null) encoding.writeVarString(encoder, key)
  }
  if (other !== undefined) {
    for (const byte of other.bytes) encoding.writeUint8(encoder, byte)
  } else if (deleted !== undefined) encoding.writeVarUint(encoder, deleted)
  else {
    encoding.writeVarUint(encoder, values.length)
    for (const value of values) writeValue(encoder, value)
  }
}

/** A value that lib0 does not write by itself. */
export class RawValue {
  readonly bytes: number[]

  constructor(bytes: number[]) {
    this.bytes = bytes
  }
}

const writeValue = (encoder: encoding.Encoder, value: unknown): void => {
  if (value instanceof RawValue) for (const byte of value.bytes) encoding.writeUint8(encoder, byte)
  else if (Array.isArray(value)) {
    encoding.writeUint8(encoder, 117)
    encoding.writeVarUint(encoder, value.length)
    for (const one of value) writeValue(encoder, one)
  } else encoding.writeAny(encoder, value as string)
}

/** An object so many levels deep: each has one key, "a". */
export const nested = (levels: number): RawValue =>
  new RawValue([...Array.from({ length: levels }, () => [118, 1, 1, 97]).flat(), 125, 1])

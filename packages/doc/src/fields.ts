import * as v from 'valibot'
import { parseEntry, time } from './entry.ts'
import { ITEM_KINDS, type ItemKind } from './item-kinds.ts'
import { predicateOf, type Predicate } from './predicate.ts'
import { access, cover, description, links, lobby, look, name, schedule, type Cover } from './schema.ts'

/** What there is to know of a field. */
interface Field {
  /** What readers take. `strict-schema.ts` says where less may be written. */
  schema: v.GenericSchema
  /** The one kind of item that has it; left out: all have it. */
  only?: ItemKind
  /** What readers see where nothing valid stands. Left out: without the field there is no item. */
  default?: unknown
  /** Its names in an item as readers see it; left out: its own. */
  inItem?: readonly string[]
  /** Its name in exported files; null: it is in none. */
  inFile: string | null
  /** What an import expects there, for the person to read; left out: itself. */
  expected?: 'time'
  /** Is it in the server's tables of items? */
  isProjected: boolean
  /** The value is a time at which something happened: ms since 1970, and an ISO time in files. */
  isTime?: true
  /** It belongs to this one item: a duplicate does not get it. */
  isOwn?: true
  /** The part of a form to blame for a value that is wrong as a whole; left out: itself. */
  blames?: string
}

const DEFAULT_COVER: Cover = { preset: 'dawn' }

/**
 * The fields of items. Guard, reads, export, import, duplicates and projection follow from this table; its order is that of
 * exported files, as a person reads them.
 */
export const FIELDS = {
  name: { schema: name, inFile: 'name', isProjected: true },
  access: { schema: access, default: 'ask', inFile: 'access', isProjected: true },
  schedule: {
    schema: schedule,
    only: 'webinar',
    inItem: ['schedule', 'startsAt', 'endsAt'],
    inFile: 'schedule',
    isProjected: true,
    blames: 'startsAt'
  },
  description: {
    schema: description,
    only: 'webinar',
    default: '',
    inFile: 'description',
    isProjected: true
  },
  created: {
    schema: time,
    inItem: ['createdAt'],
    inFile: 'createdAt',
    expected: 'time',
    isProjected: true,
    isTime: true,
    isOwn: true
  },
  links: { schema: links, inItem: ['slug', 'epoch'], inFile: 'links', isProjected: true, isOwn: true },
  cover: { schema: cover, default: DEFAULT_COVER, inFile: 'cover', isProjected: true },
  look: { schema: look, default: null, inFile: 'look', isProjected: true },
  lobby: { schema: lobby, default: null, inFile: 'lobby', isProjected: true },
  deletedAt: {
    schema: v.nullable(time),
    default: null,
    inFile: 'deletedAt',
    isProjected: true,
    isTime: true,
    isOwn: true
  }
} as const satisfies Record<string, Field>

type Table = typeof FIELDS

export type FieldName = keyof Table

/** The values a field can hold, by field name. */
export type FieldValues = { [F in FieldName]: v.InferOutput<Table[F]['schema']> }

type FieldOf<K extends ItemKind> = {
  [F in FieldName]: Table[F] extends { only: infer O } ? (K extends O ? F : never) : F
}[FieldName]

/** What readers see of a field. */
type Shown<F extends FieldName> = FieldValues[F] | (Table[F] extends { default: infer D } ? D : never)

/** What readers see of the fields that stand under their own names in an item. */
export type ShownValues<K extends ItemKind> = {
  [F in FieldOf<K> as Table[F] extends { inItem: unknown } ? never : F]: Shown<F>
}

/** Is it a field of items, or of the workspace? */
export const isField = (field: string): boolean =>
  Object.hasOwn(FIELDS, field) || Object.hasOwn(WORKSPACE_FIELDS, field)

/** All there is to know of a field. */
export const fieldOf = (field: FieldName): Field => FIELDS[field]

/** The fields of each kind of item, in the table's order. */
export const FIELDS_OF = Object.fromEntries(
  ITEM_KINDS.map(kind => [
    kind,
    (Object.keys(FIELDS) as FieldName[]).filter(field => (fieldOf(field).only ?? kind) === kind)
  ])
) as Record<ItemKind, FieldName[]>

/** The names of a field in an item as readers see it. */
export const namesInItem = (field: FieldName): readonly string[] => fieldOf(field).inItem ?? [field]

/** The schemas as functions: a list of rooms asks for each field of each room. */
const FITS = Object.fromEntries(
  ITEM_KINDS.map(kind => [
    kind,
    new Map(FIELDS_OF[kind].map(field => [field as string, predicateOf(FIELDS[field].schema)]))
  ])
) as Record<ItemKind, Map<string, Predicate>>

export const hasField = (kind: ItemKind, field: string): field is FieldName => FITS[kind].has(field)

/** The value of a field as it stands in a document, or undefined where it is missing or not valid. */
export const readField = <F extends FieldName>(
  kind: ItemKind,
  field: F,
  raw: unknown
): FieldValues[F] | undefined => {
  const value = parseEntry(raw)?.[0]
  return FITS[kind].get(field)?.(value) === true ? (value as FieldValues[F]) : undefined
}

/** The root `workspace` map, entries like everywhere. */
export const WORKSPACE_FIELDS = {
  schemaVersion: v.pipe(v.number(), v.integer(), v.minValue(1)),
  name
} as const

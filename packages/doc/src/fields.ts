import * as v from 'valibot'
import { parseEntry, time } from './entry.ts'
import { ITEM_KINDS, type ItemKind } from './item-kinds.ts'
import { predicateOf, type Predicate } from './predicate.ts'
import { access, cover, description, links, lobby, look, name, schedule, type Cover } from './schema.ts'

/** Everything about a field. */
interface Field {
  /** What readers accept. `strict-schema.ts` is stricter for writes. */
  schema: v.GenericSchema
  /** The only kind of item with this field. Default: all kinds. */
  only?: ItemKind
  /** What readers see without a valid value. If left out, the field is required. */
  default?: unknown
  /** Its names in the item that readers see. Default: the field's own name. */
  inItem?: readonly string[]
  /** Its name in exported files; null if it is not exported. */
  inFile: string | null
  /** What an import names as expected in an error. Default: the field's own name. */
  expected?: 'time'
  /** Is it a column of the server's item tables? */
  isProjected: boolean
  /** The value is the time of an event: ms since 1970, and an ISO time in files. */
  isTime?: true
  /** Not copied to a duplicate. */
  isOwn?: true
  /** The form field to blame if the value is wrong as a whole. Default: the field itself. */
  blames?: string
}

const DEFAULT_COVER: Cover = { preset: 'dawn' }

/**
 * The fields of items. Guard, reads, export, import, duplicates and projection follow from this
 * table. Exported files use its order, chosen for reading.
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

/** What readers see of the fields that keep their own names in an item. */
export type ShownValues<K extends ItemKind> = {
  [F in FieldOf<K> as Table[F] extends { inItem: unknown } ? never : F]: Shown<F>
}

/** Is it a field of items or of the workspace? */
export const isField = (field: string): boolean =>
  Object.hasOwn(FIELDS, field) || Object.hasOwn(WORKSPACE_FIELDS, field)

/** A field's row in the table. */
export const fieldOf = (field: FieldName): Field => FIELDS[field]

/** The fields of each kind of item, in the table's order. */
export const FIELDS_OF = Object.fromEntries(
  ITEM_KINDS.map(kind => [
    kind,
    (Object.keys(FIELDS) as FieldName[]).filter(field => (fieldOf(field).only ?? kind) === kind)
  ])
) as Record<ItemKind, FieldName[]>

/** The field's names in the item that readers see. */
export const namesInItem = (field: FieldName): readonly string[] => fieldOf(field).inItem ?? [field]

/** The schemas as predicates, for speed: a list checks each field of each room. */
const FITS = Object.fromEntries(
  ITEM_KINDS.map(kind => [
    kind,
    new Map(FIELDS_OF[kind].map(field => [field as string, predicateOf(FIELDS[field].schema)]))
  ])
) as Record<ItemKind, Map<string, Predicate>>

export const hasField = (kind: ItemKind, field: string): field is FieldName => FITS[kind].has(field)

/** A field's value in a document, or undefined if it is missing or invalid. */
export const readField = <F extends FieldName>(
  kind: ItemKind,
  field: F,
  raw: unknown
): FieldValues[F] | undefined => {
  const value = parseEntry(raw)?.[0]
  return FITS[kind].get(field)?.(value) === true ? (value as FieldValues[F]) : undefined
}

/** The fields of the root `workspace` map, stored as entries too. */
export const WORKSPACE_FIELDS = {
  schemaVersion: v.pipe(v.number(), v.integer(), v.minValue(1)),
  name
} as const

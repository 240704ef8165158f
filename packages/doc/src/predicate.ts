import * as v from 'valibot'

/** Does a value fit a schema? */
export type Predicate = (value: unknown) => boolean

/** What schemas and the actions in their pipes look like from outside. */
interface Part {
  kind: string
  type: string
  pipe?: readonly Part[]
  requirement?: unknown
  entries?: Record<string, Part>
  options?: readonly unknown[]
  wrapped?: Part
}

/**
 * A schema as one function that only looks. `v.is` takes each value apart and builds it anew, which a list
 * of 10,000 rooms pays 80,000 times. This knows the kinds of schema that the document is made of and leaves
 * any other to valibot itself, so that the schema stays the one source.
 */
export const predicateOf = (schema: v.GenericSchema): Predicate => partOf(schema)

const partOf = (part: Part): Predicate =>
  (part.pipe === undefined ? ofSchema(part) : ofPipe(part.pipe)) ??
  (value => v.is(part as unknown as v.GenericSchema, value))

/** A pipe's first part is a schema, perhaps with a pipe of its own. */
const ofPipe = ([schema, ...actions]: readonly Part[]): Predicate | undefined => {
  const checks = actions.map(ofAction).filter(check => check !== undefined)
  if (schema === undefined || checks.length < actions.length) return undefined
  const first = partOf(schema)
  return value => first(value) && checks.every(check => check(value))
}

const ofSchema = ({ type, entries = {}, options = [], wrapped }: Part): Predicate | undefined => {
  switch (type) {
    case 'string':
      return value => typeof value === 'string'
    case 'number':
      return value => typeof value === 'number' && !Number.isNaN(value)
    case 'picklist':
      return value => options.includes(value)
    case 'union': {
      const any = (options as Part[]).map(partOf)
      return value => any.some(fits => fits(value))
    }
    case 'optional':
    case 'nullable': {
      if (wrapped === undefined) return undefined
      const fits = partOf(wrapped)
      const nothing = type === 'optional' ? undefined : null
      return value => value === nothing || fits(value)
    }
    case 'strict_object':
      return ofStrictObject(entries)
    default:
      return undefined
  }
}

const ofStrictObject = (entries: Record<string, Part>): Predicate => {
  const fields = Object.entries(entries).map(([key, part]) => ({
    key,
    fits: partOf(part),
    required: part.type !== 'optional'
  }))
  return value => {
    if (typeof value !== 'object' || value === null) return false
    for (const key in value) if (!Object.hasOwn(entries, key)) return false
    for (const { key, fits, required } of fields) {
      if (key in value ? !fits((value as Record<string, unknown>)[key]) : required) return false
    }
    return true
  }
}

const hasAtMost = (text: string, most: number): boolean =>
  text.length <= most || Array.from(text).length <= most

const ofAction = ({ type, requirement }: Part): Predicate | undefined => {
  switch (type) {
    case 'integer':
    case 'check':
      return requirement as Predicate
    case 'min_value':
      return value => (value as number) >= (requirement as number)
    case 'max_value':
      return value => (value as number) <= (requirement as number)
    case 'max_code_points':
      return value => hasAtMost(value as string, requirement as number)
    case 'max_length':
      return value => (value as string).length <= (requirement as number)
    case 'regex':
      return value => (requirement as RegExp).test(value as string)
    default:
      return undefined
  }
}

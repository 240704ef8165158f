import { describe, expect, it } from 'vitest'
import { ROOT_OF } from './keys.ts'
import { InvalidValueError, type RefusalCode, type RefusalParams } from './refusals.ts'
import { parseEntry } from './entry.ts'
import { FIELDS_OF, readField, WORKSPACE_FIELDS, type FieldName } from './fields.ts'
import { ITEM_KINDS, type ItemKind } from './item-kinds.ts'
import { LIMITS } from './policy.ts'
import { MAX_EPOCH } from './schema.ts'
import { fieldSchema, parseField } from './strict-schema.ts'
import { SCHEMA_VERSION } from './workspace.ts'

const refusalOf = (kind: ItemKind, field: FieldName, value: unknown) => {
  try {
    parseField(kind, field, value)
  } catch (error) {
    if (error instanceof InvalidValueError) return error
    throw error
  }
  return null
}

describe('a name', () => {
  it.each([['Weekly'], ['x'.repeat(120)], ['😀'.repeat(120)], ['👩‍👩‍👧'], ['שלום'], ['a\u200db'], ['.']])(
    'may be %j',
    name => {
      expect(refusalOf('room', 'name', name)).toBeNull()
    }
  )

  it.each([
    ['', 'name-empty'],
    ['   ', 'name-empty'],
    ['\u200b', 'name-empty'],
    ['\u3164\u2800', 'name-empty'],
    ['x'.repeat(121), 'name-too-long'],
    ['😀'.repeat(121), 'name-too-long'],
    [' Weekly', 'name-padded'],
    ['Week\u0000ly', 'name-control-character'],
    ['Week\nly', 'name-control-character'],
    ['Week\u2028ly', 'name-control-character'],
    ['Week\ud83d', 'name-broken'],
    [7, 'name-not-a-text']
  ])('may not be %j: %s', (name, code) => {
    expect(refusalOf('room', 'name', name)).toMatchObject({ field: 'name', code })
  })
})

describe('a refusal', () => {
  const schedule = { startsAt: '2026-12-01T10:00', timeZone: 'Europe/Berlin', minutes: 45 }
  it.each<[FieldName, unknown, RefusalCode, RefusalParams]>([
    ['name', ' ', 'name-empty', {}],
    ['name', 'x'.repeat(121), 'name-too-long', { most: 120 }],
    ['description', 'x'.repeat(2001), 'description-too-long', { most: 2000 }],
    ['look', { accent: '#aabbcc', welcome: 'x'.repeat(501) }, 'message-too-long', { most: 500 }],
    ['schedule', { ...schedule, startsAt: '' }, 'start-missing', {}],
    ['schedule', { ...schedule, startsAt: '2026-03-29T02:30' }, 'gap-in-time', {}],
    ['schedule', { ...schedule, timeZone: 'Mars/Base' }, 'time-zone-unknown', {}],
    ['schedule', { ...schedule, minutes: NaN }, 'length-not-a-number', {}],
    ['schedule', { ...schedule, minutes: 1441 }, 'length-too-long', { most: 1440 }],
    ['access', 'everybody', 'not-allowed', {}]
  ])('of %s %j says so by a code that does not change: %s', (field, value, code, params) => {
    expect(refusalOf('webinar', field, value)).toMatchObject({ code, params })
  })
})

describe('a schedule', () => {
  const good = { startsAt: '2026-12-01T10:00', timeZone: 'Europe/Berlin', minutes: 45 }

  it.each([
    [{}, null],
    [{ minutes: 1440 }, null],
    [{ startsAt: '2026-10-25T02:30' }, null], // occurs twice
    [{ minutes: 0 }, 'minutes'],
    [{ minutes: 1441 }, 'minutes'],
    [{ minutes: 1.5 }, 'minutes'],
    [{ minutes: NaN }, 'minutes'],
    [{ timeZone: 'Mars/Base' }, 'timeZone'],
    [{ timeZone: '+02:00' }, 'timeZone'],
    [{ timeZone: '' }, 'timeZone'],
    [{ startsAt: '' }, 'startsAt'],
    [{ startsAt: '2026-02-30T10:00' }, 'startsAt'],
    [{ startsAt: '2026-12-01T10:00:00' }, 'startsAt'],
    [{ startsAt: '2026-03-29T02:30' }, 'startsAt'] // skipped
  ])('with %j blames %s', (change, field) => {
    expect(refusalOf('webinar', 'schedule', { ...good, ...change })?.field ?? null).toBe(field)
  })

  it('belongs to webinars only', () => {
    expect(refusalOf('room', 'schedule', good)).toMatchObject({ field: 'schedule', code: 'unknown-key' })
  })
})

describe('other fields', () => {
  it.each<[ItemKind, FieldName, unknown, boolean]>([
    ['room', 'access', 'team', true],
    ['room', 'access', 'everybody', false],
    ['room', 'cover', { preset: 'dawn' }, true],
    ['room', 'cover', { preset: 'dawn', image: 'a'.repeat(64) }, false],
    ['room', 'cover', { image: 'a'.repeat(64), width: 640, height: 480 }, true],
    ['room', 'cover', { image: 'A'.repeat(64), width: 640, height: 480 }, false],
    ['room', 'cover', { image: 'a'.repeat(64), width: 0, height: 480 }, false],
    ['room', 'look', { accent: '#0a0b0c', welcome: 'x'.repeat(500) }, true],
    ['room', 'look', { accent: '#0a0b0c', welcome: 'x'.repeat(501) }, false],
    ['room', 'look', { accent: 'red' }, false],
    ['room', 'lobby', { layout: 'side', cover: { preset: 'dawn' } }, true],
    ['room', 'lobby', { layout: 'side', toString: 1 }, false],
    ['room', 'deletedAt', null, true],
    ['room', 'deletedAt', -1, false],
    ['room', 'created', 8.64e15 + 1, false],
    ['room', 'links', { slug: 'weekly-abcdefgh27', epoch: 1 }, true],
    ['room', 'links', { slug: 'weekly-abcdefgh27', epoch: MAX_EPOCH + 1 }, false],
    ['room', 'links', { slug: 'weekly-abcdefgh01', epoch: 1 }, false],
    ['room', 'links', { slug: '-weekly-abcdefgh27', epoch: 1 }, false],
    ['room', 'links', { slug: `${'x'.repeat(70)}-abcdefgh27`, epoch: 1 }, false],
    ['webinar', 'description', 'x'.repeat(2_000), true],
    ['webinar', 'description', 'x'.repeat(2_001), false]
  ])('%s %s %j: %s', (kind, field, value, allowed) => {
    expect(refusalOf(kind, field, value) === null).toBe(allowed)
    expect(readField(kind, field, [value, 1]) !== undefined).toBe(allowed)
  })

  it('does not mistake an inherited property for a field', () => {
    expect(readField('room', 'toString' as FieldName, ['x', 1])).toBeUndefined()
    expect(refusalOf('room', 'constructor' as FieldName, 'x')).toMatchObject({ code: 'unknown-key' })
  })
})

describe('an entry', () => {
  it.each([[['x', 0]], [[null, 8.64e15]], [[{ preset: 'dawn' }, 1]]])('may be %j', entry => {
    expect(parseEntry(entry)).toBe(entry)
  })

  const inherits: unknown = Object.create({ preset: 'dawn' })
  it.each([
    ['nothing', undefined],
    ['a bare value', 'x'],
    ['no time', ['x']],
    ['more than two', ['x', 1, 2]],
    ['a time before 1970', ['x', -1]],
    ['a time between two ms', ['x', 1.5]],
    ['a time beyond all dates', ['x', 8.64e15 + 1]],
    ['a time that is a text', ['x', '1']],
    ['a list', [['x'], 1]],
    ['bytes', [new Uint8Array(2), 1]],
    ['an object with another prototype', [inherits, 1]],
    ['such an object inside', [{ cover: inherits }, 1]]
  ])('may not be %s', (_what, entry) => {
    expect(parseEntry(entry)).toBeUndefined()
  })
})

describe('fingerprint', () => {
  /** The version and its hash. Only stored values are hashed: message texts may change freely. */
  const EXPECTED = { version: 1, hash: '95bcd5fa8c38b910' }

  const describeSchema = (part: unknown): unknown => {
    if (part instanceof RegExp) return String(part)
    if (Array.isArray(part)) return part.map(describeSchema)
    if (typeof part !== 'object' || part === null) return typeof part === 'function' ? 'function' : part
    const { type, entries, options, wrapped, requirement, pipe } = part as Record<string, unknown>
    if (Array.isArray(pipe)) return pipe.map(item => describeSchema({ ...(item as object), pipe: undefined }))
    if (type === undefined) {
      const described = Object.entries(part).map(([key, value]) => [key, describeSchema(value)] as const)
      return described.sort(([a], [b]) => (a < b ? -1 : 1))
    }
    return [type, entries, options, wrapped, requirement].map(describeSchema)
  }
  const hashOf = async (text: string) => {
    const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
    return Array.from(new Uint8Array(bytes), byte => byte.toString(16).padStart(2, '0'))
      .join('')
      .slice(0, 16)
  }

  it('changes only together with SCHEMA_VERSION', async () => {
    const schemasOf = (kind: ItemKind) =>
      FIELDS_OF[kind].map(field => [field, fieldSchema(kind, field)] as const)
    const writable = Object.fromEntries(ITEM_KINDS.map(kind => [kind, Object.fromEntries(schemasOf(kind))]))
    const stored = JSON.stringify([
      describeSchema(writable),
      describeSchema(WORKSPACE_FIELDS),
      ROOT_OF,
      LIMITS
    ])
    expect(
      { version: SCHEMA_VERSION, hash: await hashOf(stored) },
      'What a document may hold has changed. Documents of before are on devices and servers: can this app read ' +
        'them, and earlier apps what it writes? If not, raise SCHEMA_VERSION and write a migration. Then put the ' +
        'new fingerprint here.'
    ).toEqual(EXPECTED)
  })
})

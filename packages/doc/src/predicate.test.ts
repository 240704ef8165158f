import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { predicateOf } from './predicate.ts'
import { FIELDS, WORKSPACE_FIELDS } from './fields.ts'

const schemas: [string, v.GenericSchema][] = [
  ...Object.entries(FIELDS).map(([field, { schema }]) => [field, schema] as const),
  ...Object.entries(WORKSPACE_FIELDS).map(([field, schema]) => [`workspace ${field}`, schema] as const)
].map(([label, schema]) => [label, schema])

/** Values that fit some field, near misses, and arbitrary values. */
const fitting = fc.constantFrom<unknown[]>(
  ...[
    0,
    -1,
    1.5,
    NaN,
    Infinity,
    8.64e15,
    8.64e15 + 1,
    null,
    undefined,
    true,
    '',
    ' a',
    'a',
    'a\u0007',
    '\u200b'
  ],
  ...['a'.repeat(120), 'a'.repeat(121), 'x'.repeat(2_001), '\ud800', 'open', 'ask', 'team', 'toString'],
  ...[
    { preset: 'dawn' },
    { preset: 'Dawn' },
    { preset: 'dawn', extra: 1 },
    { image: 'a'.repeat(64), width: 1, height: 2 }
  ],
  ...[
    { image: 'a'.repeat(64), width: 0, height: 2 },
    { accent: '#aabbcc' },
    { accent: '#aabbcc', logo: undefined }
  ],
  ...[
    { accent: '#aabbcc', welcome: 'x'.repeat(501) },
    { layout: 'side', cover: { preset: 'dawn' } },
    { layout: 'up' }
  ],
  ...[
    { slug: 'a-abcdefghij', epoch: 1 },
    { slug: 'a-abcdefghij', epoch: 0 },
    { slug: 'a', epoch: 1 },
    { epoch: 1 }
  ],
  ...[{ startsAt: '2026-12-01T10:00', timeZone: 'Europe/Berlin', minutes: 60 }],
  ...[{ startsAt: '2026-03-29T02:30', timeZone: 'Europe/Berlin', minutes: 60 }],
  ...[{ startsAt: '2026-12-01T10:00', timeZone: 'Mars/Base', minutes: 60 }]
)

describe.each(schemas)('predicateOf %s', (_label, schema) => {
  it('agrees with valibot', () => {
    const fits = predicateOf(schema)
    fc.assert(
      fc.property(fc.oneof({ weight: 4, arbitrary: fitting }, fc.anything()), value => {
        expect(fits(value)).toBe(v.is(schema, value))
      }),
      { numRuns: 400 }
    )
  })
})

it('leaves unknown schema types to valibot', () => {
  const fits = predicateOf(
    v.strictObject({ on: v.pipe(v.string(), v.isoDate()), any: v.optional(v.array(v.bigint())) })
  )
  expect(fits({ on: '2026-12-01' })).toBe(true)
  expect(fits({ on: 'tomorrow' })).toBe(false)
  expect(fits({ on: '2026-12-01', any: [1] })).toBe(false)
})

import { expect, test } from 'vitest'
import { findJsonFault } from './json-fault.ts'

test.each([
  '{}',
  '[]',
  ' [1, -0.5e+3, "a\\u00e9\\"", true, null, {"a": [], "b": {"c": {}}}] ',
  JSON.stringify({ a: [{ b: 'x' }] }, null, 2)
])('%s is JSON', text => {
  expect(findJsonFault(text)).toBeNull()
})

test.each([
  ['', 1, 1],
  ['{"a": 1,}', 1, 9],
  ['{"a" 1}', 1, 6],
  ['[1 2]', 1, 4],
  ['[1,\n  2,\n  x]', 3, 3],
  ['{"a": "no end', 1, 7],
  ['{"a": 01}', 1, 8],
  ['{} {}', 1, 4],
  ['{"a": [1}', 1, 9],
  [`{"a": 'b'}`, 1, 7],
  ['['.repeat(100_000), 1, 100_001]
])('%s is wrong at line %d, column %d', (text, line, column) => {
  expect(() => JSON.parse(text) as unknown).toThrow()
  expect(findJsonFault(text)).toEqual({ line, column })
})

import { expect, test } from 'vitest'
import { sha256, sha256Hex } from './sha256.ts'

const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'

test('FIPS 180-4, the one-block example', async () => {
  const bytes = new TextEncoder().encode('abc')
  expect(await sha256Hex(bytes)).toBe(ABC)
  expect(await sha256(bytes)).toHaveLength(32)
})

test('hashes only the bytes within a view', async () => {
  expect(await sha256Hex(new TextEncoder().encode('xabcx').subarray(1, 4))).toBe(ABC)
})

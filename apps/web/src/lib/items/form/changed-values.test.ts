import { expect, test } from 'vitest'
import { changedValues } from './changed-values.ts'

test('only changed fields are returned', () => {
  const before = { name: 'Clients', access: 'ask', cover: { preset: 'dawn' } }
  expect(changedValues(before, { ...before, cover: { preset: 'dawn' } })).toEqual({})
  expect(changedValues(before, { ...before, access: 'team' })).toEqual({ access: 'team' })
  expect(changedValues(before, { ...before, cover: { preset: 'dusk' } })).toEqual({
    cover: { preset: 'dusk' }
  })
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { COVERS, presetOf, proposeCover } from './covers.ts'

test('every cover is drawn, once', () => {
  const css = readFileSync(new URL('covers.css', import.meta.url), 'utf8')
  const drawn = [...css.matchAll(/\[data-cover='([a-z-]+)'\]/g)].map(([, id]) => id)
  expect(drawn.toSorted()).toEqual(COVERS.map(({ id }) => id).toSorted())
})

test('a cover that this version does not know, or a picture, falls back', () => {
  expect(presetOf({ preset: 'ocean' })).toBe('ocean')
  expect(presetOf({ preset: 'of-the-future' })).toBe('dawn')
  expect(presetOf({ image: 'a'.repeat(64), width: 16, height: 9 })).toBe('dawn')
})

test('a new item gets the cover that the fewest others show', () => {
  expect(proposeCover([])).toEqual({ preset: 'dawn' })
  expect(proposeCover([{ preset: 'dawn' }, { preset: 'dusk' }, { preset: 'dawn' }])).toEqual({
    preset: 'forest'
  })
  const all = COVERS.map(({ id }) => ({ preset: id }))
  expect(proposeCover([...all, { preset: 'dawn' }])).toEqual({ preset: 'dusk' })
})

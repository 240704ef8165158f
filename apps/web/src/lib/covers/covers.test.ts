import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { colourOf, presetOf, PRESETS, suggestCover } from './covers.ts'

const PICTURE = { image: 'a'.repeat(64), width: 16, height: 9 }

test('every cover is drawn exactly once', () => {
  const css = readFileSync(new URL('covers.css', import.meta.url), 'utf8')
  const drawn = [...css.matchAll(/\[data-cover='([a-z-]+)'\]/g)].map(([, id]) => id)
  expect(drawn.toSorted()).toEqual(PRESETS.toSorted())
})

test('unknown covers fall back; pictures are not presets', () => {
  expect(presetOf({ preset: 'ocean' })).toBe('ocean')
  expect(presetOf({ preset: 'of-the-future' })).toBe('dawn')
  expect(presetOf(PICTURE)).toBeNull()
})

test('a new item gets the least used cover', () => {
  expect(suggestCover([])).toEqual({ preset: 'dawn' })
  expect(suggestCover([PICTURE])).toEqual({ preset: 'dawn' })
  expect(suggestCover([{ preset: 'dawn' }, { preset: 'dusk' }, { preset: 'dawn' }])).toEqual({
    preset: 'forest'
  })
  const all = PRESETS.map(preset => ({ preset }))
  expect(suggestCover([...all, { preset: 'dawn' }])).toEqual({ preset: 'dusk' })
})

test('every picture has its own placeholder colour', () => {
  expect(colourOf('00ff'.padEnd(64, '0'))).toBe('oklch(0.78 0.06 255)')
  expect(colourOf('ffff'.padEnd(64, '0'))).toBe('oklch(0.78 0.06 15)')
})

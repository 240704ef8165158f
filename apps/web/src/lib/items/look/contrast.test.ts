import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { AA, contrastOf, readableShade, SURFACE, textOn } from './contrast.ts'

const COLOURS = ['#000000', '#ffffff', '#ffff00', '#0f6b57', '#777777', '#ff0000', '#0000ff', '#f7bab4']

test('contrast follows WCAG 2', () => {
  expect(contrastOf('#000000', '#ffffff')).toBe(21)
  expect(contrastOf('#123456', '#123456')).toBe(1)
  expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  expect(contrastOf('#ffffff', '#767676')).toBeCloseTo(4.54, 2)
})

test('black or white is readable on every colour', () => {
  for (const colour of COLOURS) expect(contrastOf(textOn(colour), colour)).toBeGreaterThanOrEqual(AA)
  expect(textOn('#ffff00')).toBe('#000000')
  expect(textOn('#0f6b57')).toBe('#ffffff')
})

test('a readable shade reaches AA, and readable colours are unchanged', () => {
  for (const background of [SURFACE.light, SURFACE.dark]) {
    for (const colour of COLOURS) {
      expect(contrastOf(readableShade(colour, background), background)).toBeGreaterThanOrEqual(AA)
    }
  }
  expect(readableShade('#0f6b57', SURFACE.light)).toBe('#0f6b57')
  expect(readableShade('#ffff00', SURFACE.light)).toBe('#7a7a00')
})

test('the surfaces match app.css', () => {
  const css = readFileSync(new URL('../../../app.css', import.meta.url), 'utf8')
  expect(css).toContain(`--color-surface: light-dark(${SURFACE.light}, ${SURFACE.dark})`)
})

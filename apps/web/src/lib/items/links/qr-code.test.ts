import { expect, test } from 'vitest'
import { qrCode, qrSvg } from './qr-code.ts'

const LINK = 'https://foyer.example/r/weekly-abcdefghij'
const darkOf = (path: string) => new Set([...path.matchAll(/M(\d+ \d+)h1v1h-1z/g)].map(([, at]) => at))

test('three corners have a finder pattern, inside the quiet zone', () => {
  const { size, path } = qrCode(LINK)
  const dark = darkOf(path)
  const ring = Array.from({ length: 7 }, (_, i) => i)
  for (const [left, top] of [
    [4, 4],
    [size - 11, 4],
    [4, size - 11]
  ] as const) {
    expect(ring.every(i => dark.has(`${left + i} ${top}`) && dark.has(`${left} ${top + i}`))).toBe(true)
  }
  const places = [...dark].flatMap(at => (at ?? '').split(' ').map(Number))
  expect(Math.min(...places)).toBe(4)
  expect(Math.max(...places)).toBe(size - 5)
})

test('different links give different codes', () => {
  expect(qrCode(LINK).path).not.toBe(qrCode(`${LINK}k`).path)
})

test('the file is black on white', async () => {
  const svg = await qrSvg(qrCode(LINK)).text()
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/)
  expect(svg).toContain('fill="#fff"')
})

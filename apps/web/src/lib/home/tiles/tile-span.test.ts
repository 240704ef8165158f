import { describe, expect, it } from 'vitest'
import { drawnSpan, isSameSpan, nextSpan, type Span } from './tile-span.ts'

const span = (first: number, end: number): Span => ({ first, end })
const wanted = { screen: span(30, 42), around: span(24, 48), slack: 3 }

describe('what is drawn of a long list', () => {
  it('is at first what is on the screen', () => {
    expect(drawnSpan(null, wanted)).toEqual(span(30, 42))
  })

  it('is what is on the screen after a jump past all that was drawn', () => {
    expect(drawnSpan(span(0, 12), wanted)).toEqual(span(30, 42))
    expect(drawnSpan(span(90, 120), wanted)).toEqual(span(30, 42))
  })

  it('grows to what is on the screen at once', () => {
    expect(drawnSpan(span(24, 36), wanted)).toEqual(span(24, 42))
    expect(drawnSpan(span(33, 48), wanted)).toEqual(span(30, 48))
  })

  it('keeps a little of what the page was scrolled away from, and lets go of the rest', () => {
    expect(drawnSpan(span(22, 50), wanted)).toEqual(span(22, 50))
    expect(drawnSpan(span(0, 90), wanted)).toEqual(span(21, 51))
  })

  it('grows one tile at each end at a time, then lets go of a row at a time', () => {
    const steps: Span[] = []
    for (let drawn = span(28, 51); steps.length < 20;) {
      const next = nextSpan(drawn, wanted.around, 2)
      if (isSameSpan(next, drawn)) break
      steps.push((drawn = drawnSpan(next, wanted)))
    }
    expect(steps.map(({ first, end }) => `${first}–${end}`)).toEqual([
      ...['27–51', '26–51', '25–51', '24–51', '24–49', '24–48']
    ])
    expect(nextSpan(span(24, 45), wanted.around, 2)).toEqual(span(24, 46))
    expect(nextSpan(span(21, 48), wanted.around, 2)).toEqual(span(23, 48))
  })

  it('never begins before the list, however far out tiles may stay', () => {
    const short = { screen: span(0, 5), around: span(0, 5), slack: 3 }
    expect(drawnSpan(span(0, 8), short)).toEqual(span(0, 8))
  })
})

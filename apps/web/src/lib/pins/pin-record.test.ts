import { expect, test } from 'vitest'
import { mergePins, pinnedIds, togglePin, unsentPins } from './pin-record.ts'

test('toggling marks a pin as unsent', () => {
  const pinned = togglePin({}, 'a', 5)
  expect(pinned).toEqual({ a: { pinned: true, at: 5, unsent: true } })
  expect([...pinnedIds(pinned)]).toEqual(['a'])
  expect(unsentPins(pinned)).toEqual([{ itemId: 'a', pinned: true, at: 5 }])
  // Even if the clock was set back meanwhile.
  expect(togglePin(pinned, 'a', 3)).toEqual({ a: { pinned: false, at: 6, unsent: true } })
})

test('the later change wins', () => {
  const here = { a: { pinned: true, at: 5, unsent: true }, b: { pinned: true, at: 5, unsent: true } } as const
  const merged = mergePins(here, [
    { itemId: 'a', pinned: false, at: 9 },
    { itemId: 'b', pinned: false, at: 4 },
    { itemId: 'c', pinned: true, at: 1 }
  ])
  expect(merged).toEqual({ a: { pinned: false, at: 9 }, b: here.b, c: { pinned: true, at: 1 } })
})

test('pins that the server has count as sent', () => {
  const here = togglePin({}, 'a', 5)
  expect(unsentPins(mergePins(here, [{ itemId: 'a', pinned: true, at: 5 }]))).toEqual([])
})

test('the server’s time counts for sent pins, unless there is a later change here', () => {
  const ahead = togglePin(togglePin({}, 'a', 900), 'b', 900)
  const sent = unsentPins(ahead)
  const merged = mergePins(
    togglePin(ahead, 'b', 901),
    [
      { itemId: 'a', pinned: true, at: 50 },
      { itemId: 'b', pinned: true, at: 50 }
    ],
    sent
  )
  expect(merged).toEqual({ a: { pinned: true, at: 50 }, b: { pinned: false, at: 901, unsent: true } })
})

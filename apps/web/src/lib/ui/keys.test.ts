import { expect, test, vi } from 'vitest'
import { keys } from './keys.ts'

test.each([
  ['while composing', { isComposing: true, keyCode: 13 }, 0],
  ['the key that ends a composition, in Safari', { isComposing: false, keyCode: 229 }, 0],
  ['any other', { isComposing: false, keyCode: 13 }, 1]
])('%s', (_, event, times) => {
  const handle = vi.fn()
  keys(handle)(event)
  expect(handle).toHaveBeenCalledTimes(times)
})

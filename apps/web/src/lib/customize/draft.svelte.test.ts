import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Draft } from './draft.svelte.ts'

let stored = ''
const write = vi.fn((text: string) => {
  const fits = text.length <= 10
  if (fits) stored = text
  return fits
})

beforeEach(() => {
  stored = 'before'
  write.mockClear()
  vi.useFakeTimers()
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('document', new EventTarget())
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const open = () => {
  const draft = new Draft(() => stored, write)
  const field = new EventTarget()
  const close = draft.field(field as HTMLElement)
  return { draft, field, close }
}

test('what is typed in one go is written once, after a pause', () => {
  const { draft } = open()
  for (const text of ['H', 'He', 'Hello']) draft.value = text
  expect(stored).toBe('before')
  vi.advanceTimersByTime(400)
  expect(write.mock.calls).toEqual([['Hello']])
})

test('what comes from elsewhere does not change under the cursor, and is not overwritten by leaving', () => {
  const { draft, field } = open()
  draft.value = 'mine'
  vi.advanceTimersByTime(400)
  stored = 'theirs'
  expect(draft.value).toBe('mine')
  field.dispatchEvent(new Event('blur'))
  expect(write).toHaveBeenCalledTimes(1)
  expect(stored).toBe('theirs')
  expect(draft.value).toBe('theirs')
})

test('leaving the field, the page or the view writes at once', () => {
  const { draft, field, close } = open()
  draft.value = 'one'
  field.dispatchEvent(new Event('blur'))
  expect(stored).toBe('one')
  draft.value = 'two'
  window.dispatchEvent(new Event('pagehide'))
  expect(stored).toBe('two')
  draft.value = 'three'
  close()
  expect(stored).toBe('three')
})

test('what was not taken stays in the field', () => {
  const { draft, field } = open()
  draft.value = 'far too long'
  field.dispatchEvent(new Event('blur'))
  expect(stored).toBe('before')
  expect(draft.value).toBe('far too long')
})

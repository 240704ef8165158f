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

test('the first change is written at once, the next ones throttled', () => {
  const { draft } = open()
  for (const text of ['H', 'He', 'Hel']) draft.value = text
  expect(write.mock.calls).toEqual([['H']])
  vi.advanceTimersByTime(100)
  draft.value = 'Hello'
  vi.advanceTimersByTime(50)
  expect(write.mock.calls).toEqual([['H'], ['Hello']])
  vi.advanceTimersByTime(1_000)
  expect(write).toHaveBeenCalledTimes(2)
})

test('remote changes do not replace the typed text, and blur does not overwrite them', () => {
  const { draft, field } = open()
  draft.value = 'mine'
  vi.advanceTimersByTime(150)
  stored = 'theirs'
  expect(draft.value).toBe('mine')
  field.dispatchEvent(new Event('blur'))
  expect(write).toHaveBeenCalledTimes(1)
  expect(stored).toBe('theirs')
  expect(draft.value).toBe('theirs')
})

test('blur and hiding the page write at once', () => {
  const { draft, field } = open()
  for (const text of ['o', 'one']) draft.value = text
  field.dispatchEvent(new Event('blur'))
  expect(stored).toBe('one')
  draft.value = 'two'
  window.dispatchEvent(new Event('pagehide'))
  expect(stored).toBe('two')
})

test('unmounting writes the text and removes the listeners', async () => {
  const { draft, field, close } = open()
  for (const text of ['t', 'two']) draft.value = text
  close()
  expect(stored).toBe('t')
  field.dispatchEvent(new Event('blur'))
  window.dispatchEvent(new Event('pagehide'))
  expect(stored).toBe('t')
  await Promise.resolve()
  expect(stored).toBe('two')
})

test('refused text stays in the field', () => {
  const { draft, field } = open()
  draft.value = 'far too long'
  field.dispatchEvent(new Event('blur'))
  expect(stored).toBe('before')
  expect(draft.value).toBe('far too long')
})

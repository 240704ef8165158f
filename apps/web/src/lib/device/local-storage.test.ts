import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { localKeys, readLocal, writeLocal } from './local-storage.ts'

const parse = (text: string) => JSON.parse(text) as unknown

let entries: Record<string, string>
beforeEach(() => {
  entries = {}
  const hidden = (value: unknown) => ({ value, enumerable: false })
  Object.defineProperties(entries, {
    getItem: hidden((key: string) => entries[key] ?? null),
    setItem: hidden((key: string, text: string) => (entries[key] = text)),
    removeItem: hidden((key: string) => Reflect.deleteProperty(entries, key))
  })
  vi.stubGlobal('localStorage', entries)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('values can be read back and are removed with null', () => {
  expect(writeLocal('foyer-a', '[1]')).toBe(true)
  expect(readLocal('foyer-a', parse, null)).toEqual([1])
  writeLocal('other', '2')
  expect(localKeys('foyer-')).toEqual(['foyer-a'])
  writeLocal('foyer-a', null)
  expect(readLocal('foyer-a', parse, 'nothing')).toBe('nothing')
})

test('invalid values count as missing', () => {
  writeLocal('foyer-a', 'not JSON')
  expect(readLocal('foyer-a', parse, 'nothing')).toBe('nothing')
})

test('forbidden storage stores nothing and does not throw', () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue()
  vi.stubGlobal('localStorage', undefined)
  expect(readLocal('foyer-a', parse, 'nothing')).toBe('nothing')
  expect(localKeys('foyer-')).toEqual([])
  expect(writeLocal('foyer-a', null)).toBe(false)
  expect(warn).not.toHaveBeenCalled()
  expect(writeLocal('foyer-a', '1', 'it could not be kept')).toBe(false)
  expect(warn).toHaveBeenCalledWith('it could not be kept', expect.any(Error))
})

import { localKeys, readLocal, writeLocal } from './local-storage.ts'

/** localStorage is small: larger edits are not kept. */
const MAX_CHARACTERS = 500_000
const prefixOf = (name: string) => `foyer-last-edits-${name}/`

/**
 * The edits that a document's log does not have yet. When the page closes, they are kept in
 * localStorage: IndexedDB does not finish pending writes then.
 */
export const createLastEdits = (name: string) => {
  const unsaved: Uint8Array[] = []
  const ownKey = prefixOf(name) + crypto.randomUUID()
  const keys = new Set<string>()
  let leaving = false

  const keep = () => {
    const text = JSON.stringify(unsaved.map(encode))
    if (unsaved.length === 0 || text.length > MAX_CHARACTERS) return
    keys.add(ownKey)
    writeLocal(ownKey, text, 'the last edits could not be kept')
  }
  return {
    unsaved,
    add(update: Uint8Array) {
      unsaved.push(update)
      if (leaving) keep()
    },
    /** Prepends the edits that closed pages could not store. @returns these edits */
    recover() {
      for (const key of localKeys(prefixOf(name))) keys.add(key)
      const recovered = [...keys].flatMap(key => readLocal(key, parse, []))
      unsaved.unshift(...recovered)
      return recovered
    },
    /** The page is closing: unsaved edits go to localStorage until they are stored. */
    leave() {
      leaving = true
      keep()
    },
    /** The first edits are stored. */
    drop(count: number) {
      unsaved.splice(0, count)
      if (unsaved.length > 0) return
      leaving = false
      forgetKeys(keys)
      keys.clear()
    }
  }
}

/** Deletes the last edits of all pages. */
export const forgetLastEdits = (name: string): void => {
  forgetKeys(localKeys(prefixOf(name)))
}

const forgetKeys = (keys: Iterable<string>) => {
  for (const key of keys) writeLocal(key, null, 'the last edits could not be deleted')
}

const parse = (text: string) => (JSON.parse(text) as string[]).map(decode)
const encode = (bytes: Uint8Array) => btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))
const decode = (text: string) => Uint8Array.from(atob(text), character => character.charCodeAt(0))

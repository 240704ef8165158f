import { localKeys, readLocal, writeLocal } from './local-storage.ts'

/** Larger ones have to wait for the database: localStorage is small. */
const MOST_CHARACTERS = 500_000
const prefix = (name: string) => `foyer-last-edits-${name}/`

/** What pages that are gone could not store any more. */
export interface LastEdits {
  updates: Uint8Array[]
  /** To be called when they are stored. */
  forget: () => void
}

/**
 * Keeps the edits of a document that its log does not have while the page goes: a database does not finish its
 * work then, localStorage does. These are few: the edits of the last moments.
 * @param page tells this page's from another tab's
 * @param updates none: those that were kept before are stored by now
 */
export const keepLastEdits = (name: string, page: string, updates: readonly Uint8Array[]): void => {
  const kept = updates.length === 0 ? null : JSON.stringify(updates.map(encode))
  if (kept !== null && kept.length > MOST_CHARACTERS) return
  writeLocal(prefix(name) + page, kept, 'the last edits could not be kept')
}

export const readLastEdits = (name: string): LastEdits => {
  const keys = localKeys(prefix(name))
  return {
    updates: keys.flatMap(key => readLocal(key, parse, [])),
    forget() {
      for (const key of keys) writeLocal(key, null, 'the last edits could not be forgotten')
    }
  }
}

const parse = (text: string) => (JSON.parse(text) as string[]).map(decode)
const encode = (bytes: Uint8Array) => btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))
const decode = (text: string) => Uint8Array.from(atob(text), character => character.charCodeAt(0))

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
  const kept = JSON.stringify(updates.map(encode))
  try {
    if (updates.length === 0) localStorage.removeItem(prefix(name) + page)
    else if (kept.length <= MOST_CHARACTERS) localStorage.setItem(prefix(name) + page, kept)
  } catch (error) {
    console.warn('the last edits could not be kept', error)
  }
}

export const readLastEdits = (name: string): LastEdits => {
  const keys: string[] = []
  const updates: Uint8Array[] = []
  try {
    keys.push(...Object.keys(localStorage).filter(key => key.startsWith(prefix(name))))
    for (const key of keys) {
      updates.push(...(JSON.parse(localStorage.getItem(key) ?? '[]') as string[]).map(decode))
    }
  } catch {
    // storage is switched off, or holds what is not ours
  }
  return {
    updates,
    forget() {
      for (const key of keys) localStorage.removeItem(key)
    }
  }
}

const encode = (bytes: Uint8Array) => btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))
const decode = (text: string) => Uint8Array.from(atob(text), character => character.charCodeAt(0))

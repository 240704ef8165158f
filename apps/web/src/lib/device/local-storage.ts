/**
 * What localStorage has under a key.
 * @param parse may throw
 * @returns `otherwise` where nothing is kept, storage is forbidden, or holds what is not ours
 */
export const readLocal = <T>(key: string, parse: (text: string) => T, otherwise: T): T => {
  try {
    const text = localStorage.getItem(key)
    return text === null ? otherwise : parse(text)
  } catch {
    return otherwise
  }
}

/**
 * Keeps a text, or with null forgets it. Storage may be forbidden or full.
 * @param warning logged where that fails; left out where it does no harm
 * @returns whether it was done
 */
export const writeLocal = (key: string, text: string | null, warning?: string): boolean => {
  try {
    if (text === null) localStorage.removeItem(key)
    else localStorage.setItem(key, text)
    return true
  } catch (error) {
    if (warning !== undefined) console.warn(warning, error)
    return false
  }
}

/** The keys that begin with a prefix; none where storage is forbidden. */
export const localKeys = (prefix: string): string[] => {
  try {
    return Object.keys(localStorage).filter(key => key.startsWith(prefix))
  } catch {
    return []
  }
}

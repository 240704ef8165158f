/**
 * Reads a value from localStorage.
 * @param parse may throw
 * @returns `otherwise` if there is no value, storage is forbidden or the value is invalid
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
 * Writes a text to localStorage, or removes it with null. Storage may be forbidden or full.
 * @param warning logged on failure; omit if a failure is harmless
 * @returns whether it succeeded
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

/** The keys with a prefix; none if storage is forbidden. */
export const localKeys = (prefix: string): string[] => {
  try {
    return Object.keys(localStorage).filter(key => key.startsWith(prefix))
  } catch {
    return []
  }
}

const MAX_CHARACTERS = 2_000
/** Not valid targets: the account pages redirect, the others are not pages. */
const NOT_TARGETS = /^\/(sign-in|sign-up|api|sync|media)(\/|$)/i

/**
 * Validates `?next=`, the path to open after signing in; prevents open redirects.
 * @returns path and query without the fragment; null if invalid
 */
export const safeNextPath = (next: string | null, origin = location.origin): string | null => {
  if (next === null || next.length > MAX_CHARACTERS) return null
  // Browsers read a backslash as a slash and drop control characters.
  if (!/^\/(?!\/)[^\\\s\p{C}]*$/u.test(next)) return null
  try {
    const url = new URL(next, origin)
    const path = decodeURIComponent(url.pathname)
    // "/..//evil.example" becomes "//evil.example".
    if (url.origin !== origin || /^\/[/\\]/.test(path) || NOT_TARGETS.test(path)) return null
    return url.pathname + url.search
  } catch {
    return null
  }
}

const MOST_CHARACTERS = 2_000
/** Never where a person is to come back to: these would only send them on, or are no pages. */
const NO_PAGES = /^\/(sign-in|sign-up|api|sync|media)(\/|$)/i

/**
 * A path of this app to go on to (`?next=`), without a fragment.
 * @returns null for everything else: the address may come from anybody
 */
export const safeNextPath = (next: string | null, origin = location.origin): string | null => {
  if (next === null || next.length > MOST_CHARACTERS) return null
  // Browsers take a backslash for a slash, and leave out control characters.
  if (!/^\/(?!\/)[^\\\s\p{C}]*$/u.test(next)) return null
  try {
    const url = new URL(next, origin)
    const path = decodeURIComponent(url.pathname)
    // "/..//evil.example" becomes "//evil.example".
    if (url.origin !== origin || /^\/[/\\]/.test(path) || NO_PAGES.test(path)) return null
    return url.pathname + url.search
  } catch {
    return null
  }
}

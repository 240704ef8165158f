interface Entry {
  url: string
  users: number
}

export interface ObjectUrls {
  /** Returns the URL of a key, creating it if needed. Call `release` afterwards. */
  take(key: string, blob: Blob): string
  /** Like `take`, if the URL exists already. */
  takeKnown(key: string): string | undefined
  release(key: string): void
}

/** Object URLs with reference counts. Unused ones are cached, then revoked. */
export const createObjectUrls = (maxIdle = 100): ObjectUrls => {
  const entries = new Map<string, Entry>() // in order of last use

  const use = (key: string, entry: Entry): string => {
    entry.users++
    entries.delete(key)
    entries.set(key, entry)
    return entry.url
  }
  const takeKnown = (key: string) => {
    const entry = entries.get(key)
    return entry === undefined ? undefined : use(key, entry)
  }
  return {
    takeKnown,
    take: (key, blob) => takeKnown(key) ?? use(key, { url: URL.createObjectURL(blob), users: 0 }),
    release(key) {
      const entry = entries.get(key)
      if (entry !== undefined) entry.users--
      const idle = [...entries].filter(([, { users }]) => users === 0)
      for (const [old, { url }] of idle.slice(0, Math.max(0, idle.length - maxIdle))) {
        URL.revokeObjectURL(url)
        entries.delete(old)
      }
    }
  }
}

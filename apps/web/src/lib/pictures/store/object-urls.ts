interface Entry {
  url: string
  users: number
}

export interface ObjectUrls {
  /** The URL under a key, made where there is none; whoever has it gives it back. */
  take(key: string, blob: Blob): string
  /** The same where there is one already. */
  takeKnown(key: string): string | undefined
  release(key: string): void
}

/** URLs of pictures in memory. Those that nobody shows any more are kept for a while, and then revoked. */
export const createObjectUrls = (mostIdle = 100): ObjectUrls => {
  const entries = new Map<string, Entry>() // in the order of last use

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
      for (const [old, { url }] of idle.slice(0, Math.max(0, idle.length - mostIdle))) {
        URL.revokeObjectURL(url)
        entries.delete(old)
      }
    }
  }
}

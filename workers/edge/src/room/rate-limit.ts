/** A token bucket: how much of something may come at once, and how much a second in the long run. */
export interface RateLimit {
  /** Takes a token if there is one. @param now ms since 1970 */
  allows(now: number): boolean
}

export const createRateLimit = ({ perSecond, burst }: { perSecond: number; burst: number }): RateLimit => {
  let tokens = burst
  let filledAt: number | null = null
  return {
    allows(now) {
      tokens = Math.min(burst, tokens + (Math.max(0, now - (filledAt ?? now)) / 1_000) * perSecond)
      filledAt = now
      if (tokens < 1) return false
      tokens--
      return true
    }
  }
}

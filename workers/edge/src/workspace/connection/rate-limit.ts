/** A token bucket: how much of something may come at once, and how much a second in the long run. */
export interface RateLimit {
  /** Takes a token, or as many as given, if there are so many. @param now ms since 1970 */
  allows(now: number, tokens?: number): boolean
  /** Puts back a token that was taken for nothing. */
  giveBack(): void
}

export const createRateLimit = ({ perSecond, burst }: { perSecond: number; burst: number }): RateLimit => {
  let tokens = burst
  let filledAt: number | null = null
  return {
    allows(now, wanted = 1) {
      tokens = Math.min(burst, tokens + (Math.max(0, now - (filledAt ?? now)) / 1_000) * perSecond)
      filledAt = now
      if (tokens < wanted) return false
      tokens -= wanted
      return true
    },
    giveBack() {
      tokens = Math.min(burst, tokens + 1)
    }
  }
}

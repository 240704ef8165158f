/** No person edits this fast; a device that was offline brings all it has in one message. */
const MESSAGES_A_SECOND = 1_000
const BURST = 5_000

/** A token bucket: whether one more message may come now. */
export interface RateLimit {
  /** @param now ms since 1970 */
  allows(now: number): boolean
}

export const createRateLimit = (perSecond = MESSAGES_A_SECOND, burst = BURST): RateLimit => {
  let tokens = burst
  let filledAt: number | null = null
  return {
    allows(now) {
      tokens = Math.min(burst, tokens + ((now - (filledAt ?? now)) / 1_000) * perSecond)
      filledAt = now
      if (tokens < 1) return false
      tokens--
      return true
    }
  }
}

/** Limits a rate in memory: a burst at once, and so many a second in the long run. */
export interface TokenBucket {
  /** Takes tokens. @param now ms since 1970 @returns false where there are not enough */
  take(now: number, tokens?: number): boolean
  /** Returns an unused token. */
  refund(): void
}

export const createTokenBucket = ({
  perSecond,
  burst
}: {
  perSecond: number
  burst: number
}): TokenBucket => {
  let tokens = burst
  let refilledAt: number | null = null
  return {
    take(now, wanted = 1) {
      tokens = Math.min(burst, tokens + (Math.max(0, now - (refilledAt ?? now)) / 1_000) * perSecond)
      refilledAt = now
      if (tokens < wanted) return false
      tokens -= wanted
      return true
    },
    refund() {
      tokens = Math.min(burst, tokens + 1)
    }
  }
}

/** A new epoch each 10 s would have come to this by now. */
const EPOCH_MS = 10_000
/** Resets right after an import, and clocks that are a little ahead. */
const SPARE = 1_000

/** An epoch that resets, by one each, do not come to. @param now ms since 1970 */
export const epochAt = (now: number): number => Math.floor(now / EPOCH_MS)

/**
 * The epoch that stands where a higher one was written: no higher than `epochAt` and a few more, so that nobody uses up what is
 * above it, but always above the one before, so that links can be reset whatever that is.
 * @param before of the same item, 0 where there was none
 * @param now ms since 1970
 */
export const boundEpoch = (epoch: number, before: number, now: number): number =>
  Math.min(epoch, Math.max(before + 1, epochAt(now) + SPARE))

/** One epoch per 10 s since 1970: faster than anybody resets links. */
const EPOCH_MS = 10_000
/** Margin for resets right after an import and for clocks slightly ahead. */
const SPARE = 1_000

/** An epoch that resets, which add one each, do not reach. @param now ms since 1970 */
export const epochAt = (now: number): number => Math.floor(now / EPOCH_MS)

/**
 * Caps a written epoch slightly above `epochAt`, so that nobody can use up the range above it.
 * The cap is always above the previous epoch, so that links can still be reset.
 * @param before the item's previous epoch, 0 if none
 * @param now ms since 1970
 */
export const boundEpoch = (epoch: number, before: number, now: number): number =>
  Math.min(epoch, Math.max(before + 1, epochAt(now) + SPARE))

/** A part of a list, as indexes: `end` is not in it. */
export interface Span {
  first: number
  end: number
}

export interface WantedSpans {
  /** What is on the screen has to be drawn. */
  screen: Span
  /** What is around it is to be drawn too, as there is time. */
  around: Span
  /** So many tiles further out may stay where they are already. */
  slack: number
}

/** What to draw now. @param reached what was drawn before; null: nothing */
export const drawnSpan = (reached: Span | null, { screen, around, slack }: WantedSpans): Span => {
  if (reached === null || reached.end < screen.first || reached.first > screen.end) return screen
  return {
    first: Math.min(Math.max(reached.first, around.first - slack), screen.first),
    end: Math.max(Math.min(reached.end, around.end + slack), screen.end)
  }
}

/**
 * One step nearer to what is wanted: a tile more at each end that lacks some, else a row less at each that has too many.
 * @param row tiles of a row
 */
export const nextSpan = ({ first, end }: Span, around: Span, row: number): Span => {
  if (first > around.first || end < around.end) {
    return {
      first: Math.min(first, Math.max(around.first, first - 1)),
      end: Math.max(end, Math.min(around.end, end + 1))
    }
  }
  return { first: Math.min(around.first, first + row), end: Math.max(around.end, end - row) }
}

export const isSameSpan = (a: Span, b: Span): boolean => a.first === b.first && a.end === b.end

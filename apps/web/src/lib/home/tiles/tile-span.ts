/** A range of indexes; `end` is exclusive. */
export interface Span {
  first: number
  end: number
}

export interface WantedSpans {
  /** On the screen: must be rendered. */
  screen: Span
  /** Around the screen: rendered when there is time. */
  around: Span
  /** Tiles further out that may stay if rendered already. */
  slack: number
}

/** The span to render now. @param reached the span rendered so far, or null */
export const drawnSpan = (reached: Span | null, { screen, around, slack }: WantedSpans): Span => {
  if (reached === null || reached.end < screen.first || reached.first > screen.end) return screen
  return {
    first: Math.min(Math.max(reached.first, around.first - slack), screen.first),
    end: Math.max(Math.min(reached.end, around.end + slack), screen.end)
  }
}

/**
 * One step toward the wanted span: adds a tile at each end, else removes a row at each end.
 * @param row tiles per row
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

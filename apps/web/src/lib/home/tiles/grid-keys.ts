export interface Grid {
  count: number
  columns: number
  rightToLeft: boolean
}

/**
 * The tile that a key moves to, by visual position. The last row may be incomplete.
 * @returns undefined if the key does not move the focus
 */
export const tileAfterKey = (key: string, at: number, grid: Grid): number | undefined => {
  const { count, columns, rightToLeft } = grid
  const forward = rightToLeft ? -1 : 1
  const last = count - 1
  const hasRowBelow = Math.floor(at / columns) < Math.floor(last / columns)
  const moves: Record<string, number> = {
    ArrowRight: at + forward,
    ArrowLeft: at - forward,
    ArrowUp: at - columns,
    ArrowDown: hasRowBelow ? Math.min(at + columns, last) : count,
    Home: 0,
    End: last
  }
  const to = moves[key]
  return to === undefined || to === at || to < 0 || to > last ? undefined : to
}

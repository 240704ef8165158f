export interface Grid {
  count: number
  columns: number
  rightToLeft: boolean
}

/**
 * Where a key leads from a tile, by what the eye sees: rows of as many columns, the last one perhaps not full.
 * @returns undefined where the key means nothing here, or leads nowhere
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

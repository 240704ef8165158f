const KEY = 'foyer-picture-moves'

/** From one workspace to another. */
export type Move = readonly [from: string, to: string]

/** Pictures that still lie under the workspace that their items have left, and where they belong. */
export const readPendingMoves = (): Move[] => {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '[]') as Move[]
  } catch {
    return [] // storage is forbidden, or holds what is not ours
  }
}

export const writePendingMoves = (moves: readonly Move[]): void => {
  try {
    if (moves.length === 0) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, JSON.stringify(moves))
  } catch (error) {
    console.warn('what is left to move could not be kept', error)
  }
}

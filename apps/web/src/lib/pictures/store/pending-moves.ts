import { readLocal, writeLocal } from '#lib/device/local-storage.ts'

const KEY = 'foyer-picture-moves'

/** From one workspace to another. */
export type Move = readonly [from: string, to: string]

/** Pictures that still lie under the workspace that their items have left, and where they belong. */
export const readPendingMoves = (): Move[] => readLocal(KEY, text => JSON.parse(text) as Move[], [])

export const writePendingMoves = (moves: readonly Move[]): void => {
  const text = moves.length === 0 ? null : JSON.stringify(moves)
  writeLocal(KEY, text, 'what is left to move could not be kept')
}

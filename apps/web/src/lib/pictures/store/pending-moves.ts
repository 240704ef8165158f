import { readLocal, writeLocal } from '#lib/device/local-storage.ts'

const KEY = 'foyer-picture-moves'

/** Ids of workspaces. */
export type Move = readonly [from: string, to: string]

/** Pictures still stored under the workspace that their items have left. */
export const readPendingMoves = (): Move[] => readLocal(KEY, text => JSON.parse(text) as Move[], [])

export const writePendingMoves = (moves: readonly Move[]): void => {
  const text = moves.length === 0 ? null : JSON.stringify(moves)
  writeLocal(KEY, text, 'pending moves could not be stored')
}

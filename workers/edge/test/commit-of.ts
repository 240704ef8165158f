import type { Commit } from '../src/workspace/storage/update-store.ts'

/** A commit of one update, or of none, that means nothing else. */
export const commitOf = (head: number, update: Uint8Array | null, more: Partial<Commit> = {}): Commit => ({
  head,
  update,
  projected: [],
  workspaceName: null,
  activity: [],
  newClients: new Map(),
  usage: new Map(),
  now: 1_000,
  ...more
})

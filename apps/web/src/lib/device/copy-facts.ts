import { raiseStateVector } from '@foyer/sync'

/** Metadata of one copy of a document, stored with the copy's log. */
export interface CopyFacts {
  /** Generation of the server's content in the copy; null before the first sync. */
  generation: number | null
  /** State vector acknowledged by the server. */
  stored: ReadonlyMap<number, number>
  /** Consecutive renewals of the copy without getting in sync. */
  renewals: number
  /** Unread notes about refused changes. */
  notes: readonly string[]
}

export const NO_FACTS: CopyFacts = { generation: null, stored: new Map(), renewals: 0, notes: [] }

/** Merges with what another tab wrote: the acknowledged state never shrinks. */
export const mergeFacts = (theirs: CopyFacts, mine: CopyFacts): CopyFacts => {
  const stored = new Map(theirs.stored)
  raiseStateVector(stored, mine.stored)
  return { ...mine, generation: mine.generation ?? theirs.generation, stored }
}

/** Updates some of the facts. */
export const learn = (facts: CopyFacts, news: Partial<CopyFacts>): CopyFacts =>
  mergeFacts(facts, { ...facts, ...news })

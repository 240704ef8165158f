import { raiseStateVector } from '@foyer/sync'

/**
 * What is known of one copy of a document; it stands beside the copy's log, and is written with it.
 */
export interface CopyFacts {
  /** Generation of what the copy holds of the server's; null where it holds nothing of it yet. */
  generation: number | null
  /** State vector that the server is known to have stored. */
  stored: ReadonlyMap<number, number>
  /** How often in a row the document was cloned afresh without coming in sync after it. */
  renewals: number
  /** What the person has yet to read: what was refused, and what became of their changes. */
  notes: readonly string[]
}

export const NO_FACTS: CopyFacts = { generation: null, stored: new Map(), renewals: 0, notes: [] }

/** Another tab may have learned more meanwhile: what is known to be stored never becomes less. */
export const mergeFacts = (theirs: CopyFacts, mine: CopyFacts): CopyFacts => {
  const stored = new Map(theirs.stored)
  raiseStateVector(stored, mine.stored)
  return { ...mine, generation: mine.generation ?? theirs.generation, stored }
}

/** What is known with some news. */
export const learn = (facts: CopyFacts, news: Partial<CopyFacts>): CopyFacts =>
  mergeFacts(facts, { ...facts, ...news })

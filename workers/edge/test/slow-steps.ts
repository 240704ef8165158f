/** All SQL in a request to the database, wherever it stands in it. */
export const statementsIn = (request: unknown): string[] => {
  if (typeof request !== 'object' || request === null) return []
  return Object.entries(request).flatMap(([key, value]) =>
    key === 'sql' && typeof value === 'string' ? [value] : statementsIn(value)
  )
}

/** Reads every row, of a table or of an index; or builds an index to be thrown away. */
const READS_ALL = /^SCAN |AUTOMATIC/
const SORTS = 'TEMP B-TREE'

/** One row, the values of a request, or what a step before has found. */
const IS_SMALL = /^SCAN (CONSTANT ROW|\d+ CONSTANT ROWS?|json_each|\(subquery|\(join)/i

/** Tables of which a workspace or a person has a bounded number of rows: those may be sorted. */
const OF_ONE_DOCUMENT = /^SEARCH (rooms|webinars|usage|pins|organizations|workspace_docs) USING /

/** Steps of a query's plan that take longer the more rows the table has. */
export const slowSteps = (details: string[]): string[] => {
  const reads = details.filter(detail => READS_ALL.test(detail) && !IS_SMALL.test(detail))
  const sorted = details.filter(detail => /^(SEARCH|SCAN) /.test(detail))
  return sorted.every(detail => OF_ONE_DOCUMENT.test(detail))
    ? reads
    : [...reads, ...details.filter(detail => detail.includes(SORTS))]
}

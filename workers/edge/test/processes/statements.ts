/** The Worker's requests to the database, each by something that only it says. */
export const STATEMENT = {
  claim: 'set \\"owner\\"',
  readUpdates: 'select \\"seq\\", \\"part\\", case when length',
  commit: 'insert into \\"doc_updates\\"',
  writeSnapshot: 'insert into \\"doc_snapshots\\"',
  readSnapshot: 'select cast(\\"part\\" as text)',
  dropCovered: 'delete from \\"doc_updates\\"'
} as const

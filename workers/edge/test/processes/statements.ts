/** The Worker's requests to the database, each by something that only it says. */
export const STATEMENT = {
  claim: 'set \\"owner\\"',
  readUpdates: 'select \\"seq\\", \\"data\\" from \\"doc_updates\\"',
  commit: 'insert into \\"doc_updates\\"',
  writeSnapshot: 'insert into \\"doc_snapshots\\"',
  readSnapshot: 'select \\"parts\\", \\"data\\", \\"hash\\" from \\"doc_snapshots\\"',
  dropCovered: 'delete from \\"doc_updates\\"'
} as const

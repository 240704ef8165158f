/**
 * `pnpm restore <workspace id> <commit>`: restores a workspace, in the database of DATABASE_URL.
 * Without a commit: lists what was set aside because it could not be used.
 */
import { createDatabase } from '../src/database.ts'
import { RestoreError, restoreWorkspace } from '../src/workspace/upkeep/restore.ts'
import { listSetAside } from '../src/workspace/storage/set-aside.ts'

const [workspaceId, commit] = process.argv.slice(2)
const { DATABASE_URL: databaseUrl, DATABASE_AUTH_TOKEN: databaseAuthToken = '' } = process.env
const seq = Number(commit)
if (workspaceId === undefined || (commit !== undefined && !Number.isInteger(seq)) || !databaseUrl) {
  console.error('DATABASE_URL=… pnpm restore <workspace id> [<number of the commit to go back to>]')
  process.exit(1)
}
const database = createDatabase({ databaseUrl, databaseAuthToken })
for (const { kind, seq, name, reason } of await listSetAside(database.orm, workspaceId)) {
  console.log(`Set aside at commit ${seq}: ${kind} ${name}: ${reason}`)
}
if (commit === undefined) process.exit(0)
try {
  const { generation } = await restoreWorkspace({ database, workspaceId, seq, now: Date.now() })
  console.log(`Restored to commit ${seq}; this is generation ${generation} now.`)
} catch (error) {
  if (!(error instanceof RestoreError)) throw error
  console.error(error.message)
  process.exit(1)
}

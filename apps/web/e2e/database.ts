import type { Stack } from '@foyer/local-stack'
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'

const EDGE = path.resolve(import.meta.dirname, '../../../workers/edge')

interface Answer {
  results: {
    type: string
    error?: { message: string }
    response?: { result: { rows: { value: string }[][] } }
  }[]
}

/** Asks the stack's database, past the Worker. @returns the first column of the first row */
const query = async (stack: Stack, sql: string, ...args: string[]): Promise<string | undefined> => {
  const statement = { sql, args: args.map(value => ({ type: 'text', value })) }
  const response = await fetch(`${stack.database.url}/v2/pipeline`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stack.database.authToken}` },
    body: JSON.stringify({ requests: [{ type: 'execute', stmt: statement }, { type: 'close' }] })
  })
  const [first] = ((await response.json()) as Answer).results
  if (first?.response === undefined) throw new Error(first?.error?.message ?? 'no answer')
  return first.response.result.rows[0]?.[0]?.value
}

/** The number of a workspace's newest commit. */
export const headOf = async (stack: Stack, workspaceId: string): Promise<number> =>
  Number(await query(stack, 'select head from workspace_docs where workspace_id = ?', workspaceId))

/** `pnpm restore`, as an operator runs it. */
export const restore = async (stack: Stack, workspaceId: string, commit: number): Promise<void> => {
  const { url, authToken } = stack.database
  const env = { ...process.env, DATABASE_URL: url, DATABASE_AUTH_TOKEN: authToken }
  await promisify(execFile)(process.execPath, ['bin/restore.ts', workspaceId, String(commit)], {
    cwd: EDGE,
    env
  })
}

/** Changes the role of a workspace's only member, or ends the membership. */
export const setRole = (stack: Stack, workspaceId: string, role: 'viewer' | null) =>
  role === null
    ? query(stack, 'delete from members where organization_id = ?', workspaceId)
    : query(stack, 'update members set role = ? where organization_id = ?', role, workspaceId)

import * as schema from '@foyer/db'
import { createClient, type Client, type InStatement, type InValue } from '@libsql/client/web'
import type { LibSQLDatabase } from 'drizzle-orm/libsql/driver-core'
import { drizzle } from 'drizzle-orm/libsql/web'
import type { Settings } from './settings.ts'

/** A database that does not answer for this long is treated as out of reach. */
const REQUEST_TIMEOUT_MS = 8_000

export interface Database {
  /** For write batches, which Drizzle would begin deferred. */
  client: Client
  orm: LibSQLDatabase<typeof schema>
}

/** A query of Drizzle's that has not been run. */
export interface BuiltQuery {
  toSQL(): { sql: string; params: unknown[] }
}

export const toStatement = (query: BuiltQuery): InStatement => {
  const { sql, params } = query.toSQL()
  return { sql, args: params as InValue[] }
}

/**
 * The client itself would wait for ever. Not with `AbortSignal.timeout`: its timer outlives the request, and keeps
 * a Durable Object awake until it has run out.
 */
const fetchInTime = async (input: RequestInfo, init?: RequestInit): Promise<Response> => {
  const abort = new AbortController()
  const timer = setTimeout(() => {
    abort.abort(new DOMException('the database did not answer in time', 'TimeoutError'))
  }, REQUEST_TIMEOUT_MS)
  try {
    const answer = await fetch(input, { ...init, signal: abort.signal })
    return new Response(await answer.arrayBuffer(), answer)
  } finally {
    clearTimeout(timer)
  }
}

/** Opens no connection yet: every batch is one HTTP request. */
export const createDatabase = ({
  databaseUrl,
  databaseAuthToken
}: Pick<Settings, 'databaseUrl' | 'databaseAuthToken'>): Database => {
  const client = createClient({
    url: databaseUrl,
    ...(databaseAuthToken && { authToken: databaseAuthToken }),
    fetch: fetchInTime
  })
  return { client, orm: drizzle(client, { schema, casing: 'snake_case' }) }
}

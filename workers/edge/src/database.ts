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

/** Opens no connection yet: every batch is one HTTP request. */
export const createDatabase = ({
  databaseUrl,
  databaseAuthToken
}: Pick<Settings, 'databaseUrl' | 'databaseAuthToken'>): Database => {
  const client = createClient({
    url: databaseUrl,
    ...(databaseAuthToken && { authToken: databaseAuthToken }),
    // The client itself would wait for ever.
    fetch: (input: RequestInfo, init?: RequestInit) =>
      fetch(input, { ...init, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) })
  })
  return { client, orm: drizzle(client, { schema, casing: 'snake_case' }) }
}

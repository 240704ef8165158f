import { createClient, type Client, type InStatement, type InValue } from '@libsql/client/web'
import type { LibSQLDatabase } from 'drizzle-orm/libsql/driver-core'
import { drizzle } from 'drizzle-orm/libsql/web'
import { fetchQueued, type Requester } from './database-fetch.ts'
import type { Settings } from './settings.ts'

export interface Database {
  /** For write batches, which Drizzle would begin deferred. */
  client: Client
  orm: LibSQLDatabase
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
export const createDatabase = (
  { databaseUrl, databaseAuthToken }: Pick<Settings, 'databaseUrl' | 'databaseAuthToken'>,
  requester: Requester = 'people'
): Database => {
  const client = createClient({
    url: databaseUrl,
    ...(databaseAuthToken && { authToken: databaseAuthToken }),
    fetch: fetchQueued(requester)
  })
  return { client, orm: drizzle(client, { casing: 'snake_case' }) }
}

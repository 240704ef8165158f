import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { migrate as applyMigrations } from 'drizzle-orm/libsql/migrator'
import { fileURLToPath } from 'node:url'

/** Applies all pending migrations to a database. */
export const migrate = async ({ url, authToken }: { url: string; authToken?: string }): Promise<void> => {
  const client = createClient(authToken ? { url, authToken } : { url })
  try {
    await applyMigrations(drizzle(client), {
      migrationsFolder: fileURLToPath(new URL('../migrations', import.meta.url))
    })
  } finally {
    client.close()
  }
}

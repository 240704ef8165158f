import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { migrate as applyMigrations } from 'drizzle-orm/libsql/migrator'
import { fileURLToPath } from 'node:url'

/** Brings a database up to the newest migration; does nothing where it is there already. */
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

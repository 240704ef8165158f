/** `pnpm db:migrate`: applies the migrations to the database at DATABASE_URL. */
import { migrate } from './migrate.ts'

const { DATABASE_URL: url, DATABASE_AUTH_TOKEN: authToken } = process.env
if (!url) {
  console.error('Set DATABASE_URL (and DATABASE_AUTH_TOKEN where the server asks for one).')
  process.exit(1)
}
await migrate(authToken ? { url, authToken } : { url })
console.log('The database is up to date.')

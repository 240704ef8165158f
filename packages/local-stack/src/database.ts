import { migrate } from '@foyer/db/migrate'
import type { ExternalDatabase } from './settings.ts'
import { reasonOf, StackError } from './stack-error.ts'

const connectTimeoutMs = 15_000

/** Applies the migrations. @throws {StackError} naming the server, but never the token */
export async function migrateDatabase(database: ExternalDatabase): Promise<void> {
  const { protocol, host } = new URL(database.url)
  const server = `${protocol}//${host}`
  // The client has no timeout, and an unresponsive server must not hang the start.
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${connectTimeoutMs / 1_000} seconds`))
    }, connectTimeoutMs)
  })
  try {
    await Promise.race([migrate(database), timeout])
  } catch (error) {
    throw new StackError(`The database at ${server} cannot be used: ${rootReason(error)}`)
  } finally {
    clearTimeout(timer)
  }
}

/** The innermost error has the cause; outer ones say only "fetch failed" or "query failed". */
function rootReason(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return rootReason(error.errors[0])
  if (error instanceof Error && error.cause instanceof Error) return rootReason(error.cause)
  return reasonOf(error)
}

import path from 'node:path'
import * as v from 'valibot'
import { StackError } from './stack-error.ts'

const portMessage = 'PORT must be a whole number from 1 to 65535'
const originMessage = 'APP_ORIGIN must be an http:// or https:// address without a path'
const urlMessage = 'DATABASE_URL must be a libsql://, http:// or https:// address'

const isDatabaseUrl = (text: string) =>
  URL.canParse(text) && ['libsql:', 'http:', 'https:'].includes(new URL(text).protocol)

/** Whether it is an http or https origin as browsers write it: no path, no slash at the end. */
export const isOrigin = (text: string): boolean =>
  /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text

// An empty variable counts as one that is not set: that is how shells and CI systems clear one.
const optionalText = v.optional(v.pipe(v.string(), v.trim()), '')

const settingsSchema = v.pipe(
  v.object({
    PORT: v.pipe(
      optionalText,
      v.transform(text => text || '8787'),
      v.regex(/^\d+$/, portMessage),
      v.transform(Number),
      v.minValue(1, portMessage),
      v.maxValue(65_535, portMessage)
    ),
    FOYER_DATA_DIR: v.pipe(
      optionalText,
      v.transform(text => text || '.data')
    ),
    APP_ORIGIN: v.pipe(
      optionalText,
      v.check(text => text === '' || isOrigin(text), originMessage)
    ),
    DATABASE_URL: v.pipe(
      optionalText,
      v.check(text => text === '' || isDatabaseUrl(text), urlMessage)
    ),
    DATABASE_AUTH_TOKEN: optionalText
  }),
  v.check(
    settings => settings.DATABASE_AUTH_TOKEN === '' || settings.DATABASE_URL !== '',
    'DATABASE_AUTH_TOKEN is set, but DATABASE_URL is not'
  )
)

/** A libSQL server that somebody else runs. */
export interface ExternalDatabase {
  url: string
  authToken: string
}

/** What the environment says about the stack to start. */
export interface Settings {
  port: number
  /** Absolute. */
  dataDir: string
  /** Where browsers reach the app through a reverse proxy. Missing: at the Worker itself. */
  origin?: string
  /** Missing: the stack starts its own sqld. */
  database?: ExternalDatabase
}

/**
 * Reads PORT, FOYER_DATA_DIR, APP_ORIGIN, DATABASE_URL and DATABASE_AUTH_TOKEN; relative folders are taken
 * from `baseDir`.
 * Throws a StackError that names the first variable that is wrong.
 */
export function readSettings(env: NodeJS.ProcessEnv, baseDir: string): Settings {
  const result = v.safeParse(settingsSchema, env)
  if (!result.success) throw new StackError(result.issues[0].message)
  const { PORT, FOYER_DATA_DIR, APP_ORIGIN, DATABASE_URL, DATABASE_AUTH_TOKEN } = result.output
  return {
    port: PORT,
    dataDir: path.resolve(baseDir, FOYER_DATA_DIR),
    ...(APP_ORIGIN && { origin: APP_ORIGIN }),
    ...(DATABASE_URL && { database: { url: DATABASE_URL, authToken: DATABASE_AUTH_TOKEN } })
  }
}

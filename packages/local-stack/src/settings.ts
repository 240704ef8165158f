import path from 'node:path'
import * as v from 'valibot'
import { StackError } from './stack-error.ts'

const portMessage = 'PORT must be a whole number from 1 to 65535'
const originMessage = 'APP_ORIGIN must be an http:// or https:// address without a path'
const urlMessage = 'DATABASE_URL must be a libsql://, http:// or https:// address'

const isDatabaseUrl = (text: string) =>
  URL.canParse(text) && ['libsql:', 'http:', 'https:'].includes(new URL(text).protocol)

/** Is it an http or https origin as browsers write it, without a path or trailing slash? */
export const isOrigin = (text: string): boolean =>
  /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text

// An empty variable counts as unset: shells and CI systems clear variables this way.
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

/** A libSQL server that the stack does not run. */
export interface ExternalDatabase {
  url: string
  authToken: string
}

/** The stack's settings, from the environment. */
export interface Settings {
  port: number
  /** Absolute. */
  dataDir: string
  /** The app's origin behind a reverse proxy. Default: the Worker's own. */
  origin?: string
  /** Default: the stack starts its own sqld. */
  database?: ExternalDatabase
}

/**
 * Reads PORT, FOYER_DATA_DIR, APP_ORIGIN, DATABASE_URL and DATABASE_AUTH_TOKEN. Relative folders
 * are resolved from `baseDir`.
 * @throws {StackError} naming the first invalid variable
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

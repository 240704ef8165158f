import * as v from 'valibot'

const settings = v.pipe(
  v.object({
    APP_ORIGIN: v.pipe(v.string(), v.url()),
    DATABASE_URL: v.pipe(v.string(), v.url()),
    DATABASE_AUTH_TOKEN: v.optional(v.string(), ''),
    AUTH_SECRET: v.pipe(v.string(), v.minLength(32))
  }),
  v.transform(env => ({
    /** Where people reach the app, without a slash at the end. */
    appOrigin: new URL(env.APP_ORIGIN).origin,
    databaseUrl: env.DATABASE_URL,
    databaseAuthToken: env.DATABASE_AUTH_TOKEN,
    authSecret: env.AUTH_SECRET
  }))
)

export type Settings = v.InferOutput<typeof settings>

/**
 * The Worker's settings, checked once at its edge.
 * @throws {Error} naming the bad ones, not their values
 */
export const parseSettings = (env: unknown): Settings => {
  const result = v.safeParse(settings, env)
  if (result.success) return result.output
  const names = result.issues.map(issue => String(issue.path?.[0].key))
  throw new Error(`missing or malformed settings: ${[...new Set(names)].join(', ')}`)
}

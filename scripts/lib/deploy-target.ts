import path from 'node:path'
import * as v from 'valibot'
import { unstable_readConfig as readConfig } from 'wrangler'
import { isOrigin } from '../../packages/local-stack/src/settings.ts'
import { root } from './root.ts'

/** The Worker's configuration. */
export const wranglerConfig = path.join(root, 'workers/edge/wrangler.jsonc')

export const environmentName = v.picklist(['staging', 'production'])

export type EnvironmentName = v.InferOutput<typeof environmentName>

const isHttpsOrigin = (text: string) => isOrigin(text) && text.startsWith('https:')

// The token crosses the internet, so only encrypted protocols are allowed.
const isDatabaseUrl = (text: string) =>
  URL.canParse(text) && ['libsql:', 'https:'].includes(new URL(text).protocol)

const targetSchema = v.object({
  name: v.string(),
  vars: v.object({
    APP_ORIGIN: v.pipe(v.string(), v.check(isHttpsOrigin, 'APP_ORIGIN must be https://<host name>')),
    DATABASE_URL: v.pipe(
      v.string(),
      v.check(isDatabaseUrl, 'DATABASE_URL must be a libsql:// or https:// address')
    )
  }),
  secrets: v.object({ required: v.array(v.string()) })
})

/** The settings of a wrangler.jsonc environment that a deployment needs. */
export type DeployTarget = v.InferOutput<typeof targetSchema>

/** Reads an environment of wrangler.jsonc. @throws {Error} naming the malformed settings */
export const readTarget = (env: EnvironmentName, config = wranglerConfig): DeployTarget => {
  const result = v.safeParse(targetSchema, readConfig({ config, env }))
  if (result.success) return result.output
  const reasons = result.issues.map(issue => `${v.getDotPath(issue) ?? ''}: ${issue.message}`)
  throw new Error(`The environment ${env} of wrangler.jsonc cannot be deployed:\n${reasons.join('\n')}`)
}

/** Settings not filled in: hosts in .invalid, which never resolve (RFC 2606). */
export const placeholdersIn = ({ vars }: DeployTarget): string[] =>
  Object.entries(vars)
    .filter(([, url]) => new URL(url).hostname.endsWith('.invalid'))
    .map(([name]) => name)

/** Flags that connect the origin's domain to the Worker; workers.dev needs none. */
export const domainFlags = ({ vars }: DeployTarget): string[] => {
  const { hostname } = new URL(vars.APP_ORIGIN)
  return hostname.endsWith('.workers.dev') ? [] : ['--domain', hostname]
}

import { placeholdersIn, type DeployTarget } from './deploy-target.ts'
import type { run, RunResult } from './run.ts'

/** The input of the checks. */
export interface DeployFacts {
  target: DeployTarget
  /** `git status --porcelain` */
  gitStatus: RunResult
  /** `wrangler secret list`; undefined if not run */
  secretList?: RunResult
  env: NodeJS.ProcessEnv
}

/** Reasons not to deploy; empty if there are none. */
export const findObstacles = ({ target, gitStatus, secretList, env }: DeployFacts): string[] => [
  ...placeholdersIn(target).map(name => `${name} of ${target.name} is a placeholder in wrangler.jsonc.`),
  ...(env['DATABASE_AUTH_TOKEN'] ? [] : ['DATABASE_AUTH_TOKEN is not set here: the migrations need it.']),
  ...treeObstacles(gitStatus),
  ...(secretList ? secretObstacles(target, secretList) : [])
]

const treeObstacles = ({ ok, output }: RunResult): string[] => {
  if (!ok) return [`git cannot say what is deployed: ${output.trim()}`]
  return output.trim() === '' ? [] : ['There are changes that are not committed.']
}

const secretObstacles = ({ name, secrets }: DeployTarget, { ok, output }: RunResult): string[] => {
  if (!ok) return [`The secrets of ${name} cannot be listed: ${output.trim()}`]
  // Warnings may surround the JSON, so match instead of parsing.
  const present = new Set([...output.matchAll(/"name":\s*"(\w+)"/g)].map(match => match[1]))
  return secrets.required
    .filter(secret => !present.has(secret))
    .map(secret => `${name} lacks the secret ${secret}.`)
}

/** Gathers the facts. A dry run makes no remote calls. */
export const gatherFacts = async (
  call: typeof run,
  { target, env, secretListArgs }: { target: DeployTarget; env: NodeJS.ProcessEnv; secretListArgs?: string[] }
): Promise<DeployFacts> => ({
  target,
  env,
  gitStatus: await call('git', ['status', '--porcelain']),
  ...(secretListArgs && { secretList: await call('wrangler', secretListArgs) })
})

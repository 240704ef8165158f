/**
 * `pnpm run deploy <staging|production> [--dry-run]`: checks, builds, applies the migrations,
 * deploys the Worker, and tests the deployed app. A dry run makes no remote calls. See
 * docs/operations.md.
 */
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { findObstacles, gatherFacts } from './lib/deploy-checks.ts'
import {
  domainFlags,
  environmentName,
  readTarget,
  wranglerConfig,
  type EnvironmentName
} from './lib/deploy-target.ts'
import { build, reportFailure } from './lib/prepare.ts'
import { run, runInTerminal } from './lib/run.ts'
import { smokeTest } from './lib/smoke-test.ts'

const usage = 'pnpm run deploy <staging|production> [--dry-run]'

const wranglerArgs = (environment: EnvironmentName, ...args: string[]) => [
  ...args,
  '--config',
  wranglerConfig,
  '--env',
  environment
]

const dryRun = async (environment: EnvironmentName): Promise<void> => {
  const target = readTarget(environment)
  const obstacles = findObstacles(await gatherFacts(run, { target, env: process.env }))
  await build()
  const args = wranglerArgs(environment, 'deploy', '--dry-run', ...domainFlags(target))
  const { ok, output } = await run('wrangler', args)
  console.log(output.trim())
  if (!ok) throw new Error(`The dry run of ${target.name} failed.`)
  for (const obstacle of obstacles) console.log(`A deployment would be refused now: ${obstacle}`)
}

const deploy = async (environment: EnvironmentName): Promise<void> => {
  const target = readTarget(environment)
  const { APP_ORIGIN: origin, DATABASE_URL } = target.vars
  console.log(`Checking ${target.name}`)
  const secretListArgs = wranglerArgs(environment, 'secret', 'list')
  const obstacles = findObstacles(await gatherFacts(run, { target, env: process.env, secretListArgs }))
  if (obstacles.length > 0) throw new Error(`Not deployed:\n${obstacles.join('\n')}`)

  console.log('Building')
  await build()

  console.log('Applying the migrations')
  const migrated = await run('pnpm', ['run', 'db:migrate'], { env: { DATABASE_URL } })
  if (!migrated.ok) throw new Error(`Not deployed: the migrations failed.\n${migrated.output}`)

  const commit = await run('git', ['rev-parse', '--short=12', 'HEAD'])
  // Interactive: wrangler asks before it takes over a domain that points elsewhere.
  const flags = ['--tag', commit.output.trim(), ...domainFlags(target)]
  const deployed = await runInTerminal('wrangler', wranglerArgs(environment, 'deploy', ...flags))
  if (!deployed) throw new Error('wrangler could not deploy. The migrations stay applied.')

  console.log(`Testing ${origin}`)
  const failures = await smokeTest(origin)
  if (failures.length > 0) {
    throw new Error(
      `Deployed, but it does not work; docs/operations.md has the way back.\n${failures.join('\n')}`
    )
  }
  console.log(`${target.name} is deployed and works: ${origin}`)
}

const readArguments = () => {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean', default: false } }
    })
    const [environment] = v.parse(v.strictTuple([environmentName]), positionals)
    return { environment, isDryRun: values['dry-run'] }
  } catch {
    console.error(usage)
    process.exit(1)
  }
}

const { environment, isDryRun } = readArguments()
try {
  await (isDryRun ? dryRun(environment) : deploy(environment))
} catch (error) {
  reportFailure(error)
  process.exitCode = 1
}

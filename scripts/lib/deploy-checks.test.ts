import { expect, it } from 'vitest'
import { findObstacles, gatherFacts, type DeployFacts } from './deploy-checks.ts'

const said = (output: string, ok = true) => ({ ok, output })

const facts: DeployFacts = {
  target: {
    name: 'foyer-edge-staging',
    vars: { APP_ORIGIN: 'https://foyer.example', DATABASE_URL: 'libsql://db.example' },
    secrets: { required: ['AUTH_SECRET', 'DATABASE_AUTH_TOKEN'] }
  },
  gitStatus: said(''),
  secretList: said('[{ "name": "AUTH_SECRET" }, { "name": "DATABASE_AUTH_TOKEN" }]'),
  env: { DATABASE_AUTH_TOKEN: 'token' }
}

it('finds no obstacles if everything is set up', () => {
  expect(findObstacles(facts)).toEqual([])
})

it.each<[Partial<DeployFacts>, string]>([
  [
    { target: { ...facts.target, vars: { ...facts.target.vars, APP_ORIGIN: 'https://fill-in.invalid' } } },
    'APP_ORIGIN of foyer-edge-staging is a placeholder in wrangler.jsonc.'
  ],
  [{ env: {} }, 'DATABASE_AUTH_TOKEN is not set here: the migrations need it.'],
  [{ gitStatus: said(' M README.md\n') }, 'There are changes that are not committed.'],
  [{ gitStatus: said('not a repository', false) }, 'git cannot say what is deployed: not a repository'],
  [
    { secretList: said('[{ "name": "AUTH_SECRET" }]') },
    'foyer-edge-staging lacks the secret DATABASE_AUTH_TOKEN.'
  ],
  [
    { secretList: said('Not logged in.', false) },
    'The secrets of foyer-edge-staging cannot be listed: Not logged in.'
  ]
])('refuses %o', (change, obstacle) => {
  expect(findObstacles({ ...facts, ...change })).toEqual([obstacle])
})

it('makes no remote calls in a dry run', async () => {
  const called: string[] = []
  const call = (command: string) => {
    called.push(command)
    return Promise.resolve(said(''))
  }
  const { target, env } = facts
  await gatherFacts(call, { target, env })
  expect(called).toEqual(['git'])
  await gatherFacts(call, { target, env, secretListArgs: ['secret', 'list'] })
  expect(called).toEqual(['git', 'git', 'wrangler'])
})

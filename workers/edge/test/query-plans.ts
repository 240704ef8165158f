/**
 * A setup file: every statement that the Worker sends in a test file is explained after it. None
 * may read a table from end to end or sort it, as that takes longer the more there is of it.
 */
import { env } from 'cloudflare:workers'
import { afterAll, expect, vi } from 'vitest'
import { createDatabase } from '../src/database.ts'
import { parseSettings } from '../src/settings.ts'
import { slowSteps, statementsIn } from './slow-steps.ts'

const settings = parseSettings(env)
const statements = new Set<string>()

const { fetch } = globalThis
globalThis.fetch = (input, init) => {
  const url = input instanceof Request ? input.url : String(input)
  if (url.startsWith(settings.databaseUrl) && typeof init?.body === 'string') {
    for (const sql of statementsIn(JSON.parse(init.body))) statements.add(sql)
  }
  return fetch(input, init)
}

afterAll(async () => {
  vi.unstubAllGlobals()
  const { client } = createDatabase(settings)
  const asked = [...statements].filter(sql => /^\s*(with|select|insert|update|delete)\b/i.test(sql))
  if (asked.length === 0) return
  const plans = await client.batch(asked.map(sql => `explain query plan ${sql}`))
  const slow = asked.flatMap((sql, index) => {
    const steps = slowSteps(plans[index]!.rows.map(row => row['detail'] as string))
    return steps.length === 0 ? [] : [{ sql, steps }]
  })
  expect(slow).toEqual([])
})

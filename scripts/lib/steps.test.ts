import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runSteps } from './steps.ts'

const went = (ok: boolean) => () => Promise.resolve({ ok, output: 'what it wrote' })

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.restoreAllMocks()
})

it('counts a check as one test, and continues after a failure', async () => {
  const steps = [
    { name: 'lint', run: went(false) },
    { name: 'types', run: went(true) }
  ]
  expect(await runSteps(steps, 1)).toEqual({ passed: 1, failed: 1 })
  expect(console.log).toHaveBeenCalledWith(expect.stringContaining('what it wrote'))
})

it.each([
  ['a runner that ran nothing', true, { passed: 0, failed: 0 }, { passed: 0, failed: 1 }],
  ['a runner that failed without a failed test', false, { passed: 3, failed: 0 }, { passed: 3, failed: 1 }],
  ['failed tests', false, { passed: 3, failed: 2 }, { passed: 3, failed: 2 }],
  ['passed tests', true, { passed: 3, failed: 0 }, { passed: 3, failed: 0 }]
])('counts %s', async (_, ok, counted, expected) => {
  expect(await runSteps([{ name: 'tests', run: went(ok), count: () => counted }], 1)).toEqual(expected)
})

it('fails a step that throws or has no report', async () => {
  const refuse = () => Promise.reject(new Error('no'))
  const missing = () => {
    throw new Error('no such file')
  }
  const steps = [
    { name: 'a', run: refuse },
    { name: 'b', run: went(true), count: missing }
  ]
  expect(await runSteps(steps, 2)).toEqual({ passed: 0, failed: 2 })
})

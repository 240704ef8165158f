import { progress, type Figure, type Scenario } from '../figure.ts'
import { stopAll } from '../running.ts'

export interface Outcome {
  figures: Figure[]
  /** What failed, as text. */
  failures: string[]
}

const MINUTE_MS = 60_000

/**
 * Runs scenarios in sequence. A failure does not keep the others from running.
 * @param most timeouts in minutes, for each scenario and for all
 */
export const runScenarios = async (
  scenarios: [name: string, scenario: Scenario][],
  quick: boolean,
  most = { each: 30, all: 120 }
): Promise<Outcome> => {
  const outcome: Outcome = { figures: [], failures: [] }
  const deadline = performance.now() + most.all * MINUTE_MS
  for (const [name, scenario] of scenarios) {
    progress(name)
    try {
      const mostMs = Math.min(most.each * MINUTE_MS, deadline - performance.now())
      outcome.figures.push(...(await stopAfter(mostMs, scenario({ quick }))))
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      outcome.failures.push(`${name} did not work: ${reason}`)
    }
  }
  return outcome
}

/** @throws {Error} on timeout; everything started is stopped */
const stopAfter = async <T>(mostMs: number, running: Promise<T>): Promise<T> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not done after ${Math.round(mostMs / 1_000)} s`))
      running.catch(() => undefined) // its outcome no longer matters
      stopAll().catch((error: unknown) => {
        console.error(error)
      })
    }, mostMs)
  })
  try {
    return await Promise.race([running, tooLong])
  } finally {
    clearTimeout(timer)
  }
}

/** @returns the scenarios in `only` (`a,b`), or all; undefined if one does not exist */
export const chooseScenarios = (
  all: Record<string, Scenario>,
  only: string | undefined
): [name: string, scenario: Scenario][] | undefined => {
  const names = only?.split(',') ?? Object.keys(all)
  if (names.some(name => !(name in all))) return undefined
  return Object.entries(all).filter(([name]) => names.includes(name))
}

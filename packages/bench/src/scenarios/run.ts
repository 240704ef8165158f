import { progress, type Figure, type Scenario } from '../figure.ts'

export interface Outcome {
  figures: Figure[]
  /** What did not work, in words. */
  failures: string[]
}

/** Runs scenarios one after the other; one that fails does not keep the others from running. */
export const runScenarios = async (
  scenarios: [name: string, scenario: Scenario][],
  quick: boolean
): Promise<Outcome> => {
  const outcome: Outcome = { figures: [], failures: [] }
  for (const [name, scenario] of scenarios) {
    progress(name)
    try {
      outcome.figures.push(...(await scenario({ quick })))
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      outcome.failures.push(`${name} did not work: ${reason}`)
    }
  }
  return outcome
}

/** @returns the scenarios that `only` names (`a,b`), or all; undefined where it names one that does not exist */
export const chooseScenarios = (
  all: Record<string, Scenario>,
  only: string | undefined
): [name: string, scenario: Scenario][] | undefined => {
  const names = only?.split(',') ?? Object.keys(all)
  if (names.some(name => !(name in all))) return undefined
  return Object.entries(all).filter(([name]) => names.includes(name))
}

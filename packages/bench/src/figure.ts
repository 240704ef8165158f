/** A row of the table: a measurement and its target. */
export interface Figure {
  what: string
  measured: string
  target: string
  /** Null if there is no target. */
  passed: boolean | null
  /** The key of the peers' figure to show beside it. */
  peerKey?: string
}

export interface ScenarioOptions {
  /** A shorter, smaller run to check that the scenario works. */
  quick: boolean
}

/** Runs on its own server. Throws if what it measures did not work. */
export type Scenario = (options: ScenarioOptions) => Promise<Figure[]>

export const milliseconds = (ms: number): string => (ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`)

export const count = (number: number): string => Math.round(number).toLocaleString('en-US')

export const bytes = (number: number): string => `${count(number)} bytes`

/** @param share 0…1 */
export const percentile = (values: number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (values: number[]): number => percentile(values, 0.5)

/** Prints progress to stderr; the table goes to stdout. */
export const progress = (text: string): void => {
  console.error(`· ${text}`)
}

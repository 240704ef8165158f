import type { KeyValues } from '../src/workspace/usage/live-counts.ts'

/** What a Durable Object keeps of itself, for rooms that run without one. */
export const createMemoryKeyValues = (): KeyValues => {
  const values = new Map<string, unknown>()
  return {
    get: key => structuredClone(values.get(key)),
    put: (key, value) => void values.set(key, structuredClone(value))
  }
}

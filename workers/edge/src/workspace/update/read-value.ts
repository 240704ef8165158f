import { malformed, tooLarge } from './refused-frame-error.ts'
import { BOUNDS } from './update-bounds.ts'
import type { UpdateDecoder } from './update-decoder.ts'

/** Values that an update may still contain. */
export interface ValueBudget {
  left: number
}

/**
 * Reads the value of a key: null, a boolean, a finite number, a well-formed string, a plain object
 * of these, or an entry, which is the only array. Other lib0 types (bigint, bytes, undefined, …)
 * are refused: they fit into neither JSON nor the database.
 * @throws {RefusedFrameError}
 */
export const readValue = (decoder: UpdateDecoder, budget: ValueBudget, depth = 0): unknown => {
  if (depth > BOUNDS.depth) throw malformed('a value that is nested too deep')
  if (--budget.left < 0) throw tooLarge('Too many values at once.')
  const type = decoder.byte()
  switch (type) {
    case 126:
      return null
    case 125:
    case 124:
    case 123:
      return decoder.number(type)
    case 121:
      return false
    case 120:
      return true
    case 119:
      return decoder.text(BOUNDS.textBytes)
    case 118:
      return readObject(decoder, budget, depth)
    case 117:
      if (depth === 0) return readEntry(decoder, budget)
  }
  throw malformed('only plain values can be written')
}

const readEntry = (decoder: UpdateDecoder, budget: ValueBudget): unknown[] => {
  const length = decoder.uint(BOUNDS.entryLength)
  return Array.from({ length }, () => readValue(decoder, budget, 1))
}

const readObject = (decoder: UpdateDecoder, budget: ValueBudget, depth: number): Record<string, unknown> => {
  const object: Record<string, unknown> = {}
  const length = decoder.uint(BOUNDS.objectKeys)
  for (let i = 0; i < length; i++) {
    const key = decoder.text(BOUNDS.objectKeyBytes)
    // Yjs would set the object's prototype.
    if (key === '__proto__') throw malformed('a key that no value has')
    object[key] = readValue(decoder, budget, depth + 1)
  }
  return object
}

import './seeded-random.ts'
import { vi } from 'vitest'

// Item ids are taken from a store of random bytes that outlives a run; these are made as they are
// asked for.
vi.mock('nanoid', () => ({
  nanoid: (length = 21) => {
    const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'
    return Array.from({ length }, () => alphabet.charAt(Math.floor(Math.random() * alphabet.length))).join('')
  }
}))

// So that a run of a few dozen edits is compacted several times.
vi.mock(import('../../src/workspace/upkeep/compaction.ts'), async original => {
  const { createCompactor, ...rest } = await original()
  return {
    ...rest,
    createCompactor: (store, history) => {
      const compactor = createCompactor(store, history)
      const count = () => {
        compactor.count({ length: 200_000 } as Uint8Array)
      }
      return Object.assign(Object.create(compactor) as typeof compactor, { count })
    }
  }
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { boundEpoch, epochAt } from './epochs.ts'
import { MAX_EPOCH } from './schema.ts'

const NOW = Date.UTC(2026, 11, 1)

it.each([
  ['one reset', 2, 1],
  ['a hundred of them, made offline', 101, 1],
  ['an import', epochAt(NOW), 1],
  ['an import that came after another one', epochAt(NOW), epochAt(NOW - 30 * 86_400_000)],
  ['resets right after an import, by a clock that is two minutes ahead', epochAt(NOW + 120_000) + 20, 0],
  ['a reset of links that stand above everything', 1_000_000_001, 1_000_000_000]
])('lets stand what comes of %s', (_what, epoch, before) => {
  expect(boundEpoch(epoch, before, NOW)).toBe(epoch)
})

it('leaves room for further resets, whatever is written how often', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: MAX_EPOCH }), { maxLength: 100 }), written => {
      let epoch = 0
      for (const asked of written) epoch = asked > epoch ? boundEpoch(asked, epoch, NOW) : epoch
      expect(epoch).toBeLessThan(epochAt(NOW) + 1_200)
      expect(boundEpoch(epoch + 1, epoch, NOW)).toBe(epoch + 1)
    })
  )
})

import { expect, test } from 'vitest'
import { inHeldOrder } from './held-order.ts'

const named = (...ids: string[]) => ids.map(id => ({ id }))

test('items keep the order they had, as they are now', () => {
  const items = [
    { id: 'b', name: 'used' },
    { id: 'a', name: 'renamed' }
  ]
  expect(inHeldOrder(items, named('a', 'b'))).toEqual([items[1], items[0]])
})

test('what is gone leaves no gap, and what is new follows in its own order', () => {
  expect(inHeldOrder(named('d', 'c', 'e', 'a'), named('a', 'b', 'c'))).toEqual(named('a', 'c', 'd', 'e'))
})

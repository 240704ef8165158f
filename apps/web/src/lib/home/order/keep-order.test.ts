import { expect, test } from 'vitest'
import { keepOrder } from './keep-order.ts'

const named = (...ids: string[]) => ids.map(id => ({ id }))

test('updated items keep their previous order', () => {
  const items = [
    { id: 'b', name: 'used' },
    { id: 'a', name: 'renamed' }
  ]
  expect(keepOrder(items, named('a', 'b'))).toEqual([items[1], items[0]])
})

test('removed items are dropped and new items follow in their own order', () => {
  expect(keepOrder(named('d', 'c', 'e', 'a'), named('a', 'b', 'c'))).toEqual(named('a', 'c', 'd', 'e'))
})

import { expect, test } from 'vitest'
import { createItemList } from './item-list.ts'

interface Thing {
  id: string
  rank: number
  shown: boolean
}

const setUp = () => {
  const [one, two] = [new Map<string, Thing>(), new Map<string, Thing>()]
  const put = (id: string, rank: number, { shown = true, of = one } = {}) => of.set(id, { id, rank, shown })
  const list = createItemList<Thing, number>({
    of: [one, two],
    has: ({ shown }) => shown,
    keyOf: ({ rank }) => rank,
    compare: (a, b) => a.key - b.key
  })
  return { one, two, put, list, read: () => list.read().map(({ id }) => id) }
}

test('contains the matching items', () => {
  const { put, read, two } = setUp()
  put('b', 2)
  put('a', 1, { of: two })
  put('hidden', 3, { shown: false })
  expect(read()).toEqual(['a', 'b'])
})

test('updates only marked items', () => {
  const { one, put, list, read } = setUp()
  for (const [id, rank] of [
    ['a', 1],
    ['b', 2],
    ['c', 3]
  ] as const)
    put(id, rank)
  read()
  put('a', 4)
  put('c', 0)
  list.mark(new Set(['a']))
  expect(read()).toEqual(['b', 'c', 'a'])
  put('b', 2, { shown: false })
  one.delete('a')
  list.mark(new Set(['a']))
  list.mark(new Set(['b', 'c']))
  expect(read()).toEqual(['c'])
  put('b', 2)
  list.mark(null)
  list.mark(new Set(['c']))
  expect(read()).toEqual(['c', 'b'])
})

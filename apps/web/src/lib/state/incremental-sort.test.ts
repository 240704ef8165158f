import { expect, test } from 'vitest'
import { createIncrementalSort } from './incremental-sort.ts'

interface Thing {
  id: string
}
const things = Array.from({ length: 200 }, (_, at): Thing => ({ id: `t${String(at)}` }))
const idsOf = (list: Thing[]) => list.map(({ id }) => id)

test('sorts as a plain sort does, whatever changes in between, and compares little for little', () => {
  let comparisons = 0
  const keys = new Map(things.map(({ id }, at) => [id, (at * 7919) % 200]))
  const keyOf = ({ id }: Thing) => keys.get(id) ?? 0
  const sort = createIncrementalSort<Thing, number>((a, b) => {
    comparisons++
    return a.key - b.key
  })
  const plain = (list: Thing[]) => list.toSorted((a, b) => keyOf(a) - keyOf(b))
  expect(idsOf(sort(things, keyOf))).toEqual(idsOf(plain(things)))

  comparisons = 0
  keys.set('t5', 1_000) // used just now
  const renamed = things
    .map(thing => (thing.id === 't9' ? { id: 't9' } : thing))
    .filter(({ id }) => id !== 't7')
  const withNew = [...renamed, { id: 'new' }]
  expect(idsOf(sort(withNew, keyOf))).toEqual(idsOf(plain(withNew)))
  expect(comparisons).toBeLessThan(50)

  expect(sort([], keyOf)).toEqual([])
  expect(idsOf(sort(things, keyOf))).toEqual(idsOf(plain(things)))
})

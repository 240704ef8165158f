import { expect, test } from 'vitest'
import { createIncrementalSort, type Keyed } from './incremental-sort.ts'

interface Thing {
  id: string
}
const things = Array.from({ length: 200 }, (_, at): Thing => ({ id: `t${String(at)}` }))
const idsOf = (list: Thing[]) => list.map(({ id }) => id)
const byId = (a: Thing, b: Thing) => (a.id < b.id ? -1 : 1)

const setUp = () => {
  const compared = { times: 0 }
  const keys = new Map(things.map(({ id }, at) => [id, (at * 7919) % 100]))
  const keyOf = ({ id }: Thing) => keys.get(id) ?? 0
  const compare = (a: Keyed<Thing, number>, b: Keyed<Thing, number>) => {
    compared.times++
    return a.key - b.key || byId(a.item, b.item)
  }
  const plain = (list: Thing[]) => list.toSorted((a, b) => keyOf(a) - keyOf(b) || byId(a, b))
  return { compared, keys, keyOf, plain, sort: createIncrementalSort(compare) }
}

test('sorts like a plain sort after any change, with few comparisons for few changes', () => {
  const { compared, keys, keyOf, plain, sort } = setUp()
  expect(idsOf(sort.all(things, keyOf))).toEqual(idsOf(plain(things)))

  compared.times = 0
  keys.set('t5', 1_000) // just used
  const renamed = things
    .map(thing => (thing.id === 't9' ? { id: 't9' } : thing))
    .filter(({ id }) => id !== 't7')
  const withNew = [...renamed, { id: 'new' }]
  expect(idsOf(sort.all(withNew, keyOf))).toEqual(idsOf(plain(withNew)))
  expect(compared.times).toBeLessThan(50)

  expect(sort.all([], keyOf)).toEqual([])
  expect(idsOf(sort.all(things, keyOf))).toEqual(idsOf(plain(things)))
})

test('updating only changed items gives the same result', () => {
  const { compared, keys, keyOf, plain, sort } = setUp()
  const now = new Map(things.map(thing => [thing.id, thing]))
  sort.all(things, keyOf)
  for (let round = 0; round < 300; round++) {
    const at = (round * 31) % 220
    const id = `t${String(at)}`
    if (round % 3 === 0) now.delete(id)
    else now.set(id, { id })
    keys.set(id, (round * 17) % 100)
    compared.times = 0
    const list = sort.some([id, 't0'], each => now.get(each), keyOf)
    expect(idsOf(list)).toEqual(idsOf(plain([...now.values()])))
    expect(list.find(each => each.id === id)).toBe(now.get(id))
    expect(compared.times).toBeLessThan(40)
  }
  expect(idsOf(sort.all(now.values(), keyOf))).toEqual(idsOf(plain([...now.values()])))
})

test('returns the same array while nothing changes', () => {
  const { keyOf, sort } = setUp()
  const list = sort.all(things, keyOf)
  expect(sort.all([...things], keyOf)).toBe(list)
  expect(sort.some(['t3', 'unknown'], id => things.find(each => each.id === id), keyOf)).toBe(list)
})

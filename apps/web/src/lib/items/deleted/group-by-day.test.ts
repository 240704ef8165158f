import { expect, test } from 'vitest'
import { groupByDay } from './group-by-day.ts'

test('entries are grouped by day and keep their order', () => {
  const now = new Date(2026, 10, 23, 15).getTime()
  const at = (day: number, hour: number) => ({ at: new Date(2026, 10, day, hour).getTime() })
  const groups = groupByDay([at(23, 14), at(23, 1), at(22, 23), at(20, 9)], now)
  expect(groups.map(({ entries }) => entries.length)).toEqual([2, 1, 1])
  expect(groups.slice(0, 2).map(({ day }) => day)).toEqual(['Today', 'Yesterday'])
})

import { expect, it, vi } from 'vitest'
import { createServerClock } from './server-clock.ts'

it('S21 goes by the server, keeps the difference, and goes on from a kept one', () => {
  let device = 1_000
  const keep = vi.fn()
  const clock = createServerClock(50, keep, () => device)
  expect(clock.now()).toBe(1_050)
  clock.correct(9_000)
  expect(clock.now()).toBe(9_000)
  expect(keep).toHaveBeenLastCalledWith(8_000)
  expect(clock.offset).toBe(8_000)
  device = 1_500
  expect(clock.now()).toBe(9_500)
})

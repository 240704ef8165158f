import { expect, it, vi } from 'vitest'
import { createServerClock } from './server-clock.ts'

it('S21 follows the server’s clock and restores a stored offset', () => {
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

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHeartbeat, type Heartbeat } from './heartbeat.ts'

const ping = vi.fn()
const dead = vi.fn()
let heartbeat: Heartbeat
beforeEach(() => {
  vi.useFakeTimers()
  vi.resetAllMocks()
  heartbeat = createHeartbeat({ ping, dead })
  heartbeat.start()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('S17 heartbeat', () => {
  it('asks after 20 s of silence, and gives up 8 s later', () => {
    vi.advanceTimersByTime(19_999)
    expect(ping).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(ping).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(7_999)
    expect(dead).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(dead).toHaveBeenCalledTimes(1)
    expect(ping).toHaveBeenCalledTimes(1)
  })

  it('does not ask while it hears something', () => {
    for (let i = 0; i < 10; i++) {
      vi.advanceTimersByTime(19_000)
      heartbeat.heard()
    }
    expect(ping).not.toHaveBeenCalled()
  })

  it('goes on after an answer', () => {
    vi.advanceTimersByTime(25_000)
    heartbeat.heard()
    vi.advanceTimersByTime(20_000)
    expect(ping).toHaveBeenCalledTimes(2)
    expect(dead).not.toHaveBeenCalled()
  })

  it('asks at once when told to, and does not wait longer for being told again', () => {
    heartbeat.probe()
    expect(ping).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(5_000)
    heartbeat.probe()
    vi.advanceTimersByTime(3_000)
    expect(dead).toHaveBeenCalledTimes(1)
    expect(ping).toHaveBeenCalledTimes(1)
  })

  it('is quiet once it is stopped', () => {
    heartbeat.probe()
    heartbeat.stop()
    vi.runAllTimers()
    expect(dead).not.toHaveBeenCalled()
  })
})

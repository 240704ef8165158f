import { expect, it } from 'vitest'
import { SendWindow } from './send-window.ts'

const MB = 1024 * 1024

it('probes a peer once and holds back answers meanwhile (S34)', () => {
  const window = new SendWindow()
  window.count(MB)
  expect([window.needsProbe, window.isBackedUp]).toEqual([false, false])
  window.count(1)
  expect([window.needsProbe, window.isBackedUp]).toEqual([true, true])
  window.probeSent()
  expect([window.needsProbe, window.isBackedUp]).toEqual([false, true])
  window.count(MB)
  window.probeAnswered()
  expect([window.needsProbe, window.isBackedUp]).toEqual([false, false])
})

it('is full at eight megabytes beside the largest message (S34)', () => {
  const window = new SendWindow()
  window.count(60 * MB)
  window.count(8 * MB)
  expect(window.isFull).toBe(false)
  window.count(1)
  expect(window.isFull).toBe(true)
})

it('ignores an answer without a probe (S34)', () => {
  const window = new SendWindow()
  window.count(2 * MB)
  window.probeAnswered()
  expect(window.isBackedUp).toBe(true)
})

it('answers with a document at once, then at 256 KB a second (S34)', () => {
  const window = new SendWindow()
  expect(window.takeAnswerCredit(8.5 * MB, 0)).toBe(true)
  expect(window.takeAnswerCredit(1, 1_000)).toBe(false)
  expect(window.takeAnswerCredit(1, 3_000)).toBe(true)
})

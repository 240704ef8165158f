import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { endProcess, isRunning, markProcess } from './processes.ts'

it('does not mistake another process for one that has ended', () => {
  const mark = markProcess(process.pid)!
  expect(isRunning(mark)).toBe(true)
  expect(isRunning({ ...mark, began: `${mark.began}0` })).toBe(false)
})

it('leaves a process alone if only the pid matches', async () => {
  const mark = markProcess(process.pid)!
  await endProcess({ ...mark, began: 'long ago' })
  expect(isRunning(mark)).toBe(true)
})

it('kills a process that does not end', async () => {
  const child = spawn(process.execPath, [
    '-e',
    "process.on('SIGTERM', () => {}); console.log(1); setInterval(() => {}, 1e6)"
  ])
  await once(child.stdout, 'data')
  const mark = markProcess(child.pid!)!
  await endProcess(mark, 100)
  expect(isRunning(mark)).toBe(false)
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { endProcess, isRunning, markProcess } from './processes.ts'

it('takes no other process for one that has ended', () => {
  const mark = markProcess(process.pid)!
  expect(isRunning(mark)).toBe(true)
  expect(isRunning({ ...mark, began: `${mark.began}0` })).toBe(false)
})

it('leaves a process alone that has only the pid in common', async () => {
  const mark = markProcess(process.pid)!
  await endProcess({ ...mark, began: 'long ago' })
  expect(isRunning(mark)).toBe(true)
})

it('kills a process that does not want to end', async () => {
  const child = spawn(process.execPath, [
    '-e',
    "process.on('SIGTERM', () => {}); console.log(1); setInterval(() => {}, 1e6)"
  ])
  await once(child.stdout, 'data')
  const mark = markProcess(child.pid!)!
  await endProcess(mark, 100)
  expect(isRunning(mark)).toBe(false)
})

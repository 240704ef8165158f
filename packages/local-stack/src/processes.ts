import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process with its start time, to tell it from a later one with the same pid. */
export interface ProcessMark {
  pid: number
  began: string
}

const hasProc = existsSync('/proc/self/stat')

/** The process's start time in the system's units; undefined if it does not run. */
function beginOf(pid: number): string | undefined {
  try {
    if (!hasProc) return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    // The name in brackets may hold spaces, so count after it: field 3 is the state, 22 the start.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

/** Marks a process; undefined if it does not run. */
export function markProcess(pid: number): ProcessMark | undefined {
  const began = beginOf(pid)
  return began === undefined ? undefined : { pid, began }
}

/** Is this exact process still running? A zombie does not count. */
export function isRunning(mark: ProcessMark): boolean {
  return beginOf(mark.pid) === mark.began
}

/** Waits for the process to end; false if it still runs after `timeoutMs`. */
export async function waitForEnd(mark: ProcessMark, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs
  while (isRunning(mark)) {
    if (Date.now() > deadline) return false
    await sleep(10)
  }
  return true
}

/** Sends SIGTERM, then SIGKILL after `graceMs`. Resolves when the process is gone. */
export async function endProcess(mark: ProcessMark, graceMs = 5_000): Promise<void> {
  signalProcess(mark, 'SIGTERM')
  if (await waitForEnd(mark, graceMs)) return
  await killProcess(mark)
}

/** SIGKILL; resolves when the process is gone. */
export async function killProcess(mark: ProcessMark): Promise<void> {
  signalProcess(mark, 'SIGKILL')
  await waitForEnd(mark, 5_000)
}

function signalProcess(mark: ProcessMark, signal: NodeJS.Signals): void {
  if (!isRunning(mark)) return
  try {
    process.kill(mark.pid, signal)
  } catch (error) {
    // It ended between the two calls.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

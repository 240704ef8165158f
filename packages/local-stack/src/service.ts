import type { ChildProcess } from 'node:child_process'
import { endProcess, killProcess, markProcess, type ProcessMark } from './processes.ts'

/** Events from a service to the stack. */
export interface ServiceEvents {
  /** The set of its processes changed. */
  onProcesses: () => void
  /** It ended without being stopped. */
  onUnexpectedEnd: (reason: string) => void
}

/** A part of the stack that runs in its own process. */
export interface Service {
  /** Rejects if it ends or does not answer in time. */
  ready: Promise<void>
  processes: () => ProcessMark[]
  /** Stops it gracefully. Resolves when its processes are gone, as `kill` does. */
  stop: () => Promise<void>
  /** SIGKILL. */
  kill: () => Promise<void>
}

export interface ServiceOptions extends ServiceEvents {
  name: string
  child: ChildProcess
  /** Resolves when it answers. The signal aborts when it has ended. */
  waitUntilReady: (ended: AbortSignal) => Promise<void>
  /** Processes started by the child; killed if they outlive it. */
  grandchildren?: () => ProcessMark[]
  /** Its last output on why it ended, if any. */
  lastWords: () => string
}

/** Makes a service from a child process that was just started. */
export function superviseChild(options: ServiceOptions): Service {
  const { name, child, grandchildren = () => [], lastWords } = options
  const ended = new AbortController()
  let ending = false
  const onEnd = (how: string) => {
    if (ended.signal.aborted) return
    const words = lastWords().trim()
    const reason = words ? `${name} ended (${how}): ${words}` : `${name} ended (${how})`
    ended.abort(new Error(reason))
    if (!ending) options.onUnexpectedEnd(reason)
  }
  child.once('error', error => {
    onEnd(error.message)
  })
  child.once('exit', (code, signal) => {
    onEnd(signal ?? `exit code ${code ?? 'unknown'}`)
  })

  const mark = child.pid === undefined ? undefined : markProcess(child.pid)
  const end = async (how: typeof endProcess) => {
    ending = true
    if (mark) await how(mark)
    await Promise.all(grandchildren().map(process => killProcess(process)))
  }
  options.onProcesses()
  const ready = options.waitUntilReady(ended.signal)
  // Callers who stop a starting service may ignore this promise.
  ready.catch(() => undefined)
  return {
    ready,
    processes: () => [...(mark ? [mark] : []), ...grandchildren()],
    stop: () => end(endProcess),
    kill: () => end(killProcess)
  }
}

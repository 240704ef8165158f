import type { ChildProcess } from 'node:child_process'
import { endProcess, killProcess, markProcess, type ProcessMark } from './processes.ts'

/** What a service tells the stack. */
export interface ServiceEvents {
  /** Its processes are others now. */
  onProcesses: () => void
  /** It ended without having been told to. */
  onUnexpectedEnd: (reason: string) => void
}

/** One part of the stack that runs in a process of its own. */
export interface Service {
  /** Rejects if it ends or does not answer in time. */
  ready: Promise<void>
  processes: () => ProcessMark[]
  /** Lets it finish what it is doing. Resolves when its processes are gone, as `kill` does. */
  stop: () => Promise<void>
  /** SIGKILL. */
  kill: () => Promise<void>
}

export interface ServiceOptions extends ServiceEvents {
  name: string
  child: ChildProcess
  /** Resolves when it answers; the signal says that it has ended. */
  waitUntilReady: (ended: AbortSignal) => Promise<void>
  /** Processes that the child has started itself; they are killed when it is gone and they are not. */
  grandchildren?: () => ProcessMark[]
  /** Why it ended, where it said so itself. */
  lastWords: () => string
}

/** Makes a service of a child process that was just started. */
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
  // Whoever stops a service while it starts need not look at this promise.
  ready.catch(() => undefined)
  return {
    ready,
    processes: () => [...(mark ? [mark] : []), ...grandchildren()],
    stop: () => end(endProcess),
    kill: () => end(killProcess)
  }
}

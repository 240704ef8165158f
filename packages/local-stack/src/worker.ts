import { fork, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { markProcess, type ProcessMark } from './processes.ts'
import { superviseChild, type Service, type ServiceEvents } from './service.ts'
import { StackError } from './stack-error.ts'
import type { LiveCount, MessageFromWorker, MessageToWorker, WorkerRunOptions } from './worker-messages.ts'

const startTimeoutMs = 60_000

export interface WorkerOptions extends ServiceEvents {
  /** Resolves when the database runs. The process loads in the meantime. */
  runOptions: Promise<WorkerRunOptions>
}

export interface WorkerService extends Service {
  /** Sets the processes to end if this process dies. */
  guard: (processes: ProcessMark[]) => void
  /** Sets an item's live count, as a meeting would. Rejects on failure. */
  setLive: (live: LiveCount) => Promise<void>
}

/** Starts the Worker in its own process, with this process's console. */
export function startWorker({ runOptions, ...events }: WorkerOptions): WorkerService {
  const child = fork(path.join(import.meta.dirname, 'worker-process.ts'), {
    // As for sqld: on Ctrl-C the stack stops it.
    detached: true,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      WRANGLER_LOG: 'warn',
      // Halves the time to load wrangler.
      NODE_COMPILE_CACHE: path.join(import.meta.dirname, '../node_modules/.cache/compile')
    },
    // Do not inherit a test runner's flags.
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc']
  })
  const send = (message: MessageToWorker) => {
    // Ignore a failed send: the process's end is reported separately.
    if (child.connected) child.send(message, () => undefined)
  }
  let runtime: ProcessMark | undefined
  let failure = ''
  child.on('message', (message: MessageFromWorker) => {
    if (message.type === 'failed') failure = message.reason
    if (message.type !== 'runtime') return
    runtime = markProcess(message.pid)
    events.onProcesses()
  })
  const service = superviseChild({
    name: 'The Worker',
    child,
    grandchildren: () => (runtime ? [runtime] : []),
    lastWords: () => failure,
    waitUntilReady: async ended => {
      const ready = waitForReady(child, ended)
      ready.catch(() => undefined)
      send({ type: 'start', options: await runOptions })
      await ready
    },
    ...events
  })
  return {
    ...service,
    guard: processes => {
      send({ type: 'guard', pids: processes.map(({ pid }) => pid) })
    },
    setLive: live => askToSetLive(child, live)
  }
}

let asked = 0

function askToSetLive(child: ChildProcess, live: LiveCount): Promise<void> {
  const number = ++asked
  return new Promise((resolve, reject) => {
    const settle = (reason?: string) => {
      child.off('message', onMessage)
      child.off('exit', onExit)
      if (reason === undefined) resolve()
      else reject(new StackError(`The live count could not be set: ${reason}`))
    }
    const onMessage = (message: MessageFromWorker) => {
      if (message.type === 'live-set' && message.number === number) settle(message.reason)
    }
    const onExit = () => {
      settle('the Worker has ended')
    }
    child.on('message', onMessage)
    child.on('exit', onExit)
    if (!child.connected) onExit()
    else child.send({ type: 'set-live', number, live } satisfies MessageToWorker, error => error && onExit())
  })
}

function waitForReady(child: ChildProcess, ended: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new StackError(`The Worker did not start within ${startTimeoutMs / 1_000} seconds`))
    }, startTimeoutMs)
    ended.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(ended.reason as Error)
    })
    child.on('message', (message: MessageFromWorker) => {
      if (message.type !== 'ready') return
      clearTimeout(timer)
      resolve()
    })
  })
}

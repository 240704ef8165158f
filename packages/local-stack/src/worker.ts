import { fork, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { markProcess, type ProcessMark } from './processes.ts'
import { superviseChild, type Service, type ServiceEvents } from './service.ts'
import { StackError } from './stack-error.ts'
import type { LiveCount, MessageFromWorker, MessageToWorker, WorkerRunOptions } from './worker-messages.ts'

const startTimeoutMs = 60_000

export interface WorkerOptions extends ServiceEvents {
  /** Resolves when the database is there; until then the process gets itself ready. */
  runOptions: Promise<WorkerRunOptions>
}

export interface WorkerService extends Service {
  /** Names the processes that it is to end if this process is gone. */
  guard: (processes: ProcessMark[]) => void
  /** Tells a workspace's room what a meeting would. Rejects where that cannot be done. */
  setLive: (live: LiveCount) => Promise<void>
}

/** Starts the Worker in a process of its own; its console is this one's. */
export function startWorker({ runOptions, ...events }: WorkerOptions): WorkerService {
  const child = fork(path.join(import.meta.dirname, 'worker-process.ts'), {
    // Like sqld: Ctrl-C reaches it through the stack.
    detached: true,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      WRANGLER_LOG: 'warn',
      // Halves the time that it takes to load wrangler.
      NODE_COMPILE_CACHE: path.join(import.meta.dirname, '../node_modules/.cache/compile')
    },
    // A test runner's own flags are not for this process.
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc']
  })
  const send = (message: MessageToWorker) => {
    // It may be gone before this arrives: its end is heard of by itself.
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

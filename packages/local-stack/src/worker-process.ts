/**
 * The process that runs the Worker, started by `worker.ts`. It is separate so that tests can kill
 * it, and so that Miniflare does not share their event loop.
 */
import { subscribe } from 'node:diagnostics_channel'
import type { ChildProcess } from 'node:child_process'
import process from 'node:process'
import { reasonOf } from './stack-error.ts'
import type { RunningWorker } from './miniflare.ts'
import type { LiveCount, MessageFromWorker, MessageToWorker, WorkerRunOptions } from './worker-messages.ts'

let worker: RunningWorker | undefined
let stopping = false
let guarded: number[] = []

const tell = (message: MessageFromWorker) => process.send?.(message)

async function exit(code: number): Promise<never> {
  stopping = true
  await worker?.stop()
  process.exit(code)
}

function fail(reason: string): void {
  if (stopping) return
  tell({ type: 'failed', reason })
  void exit(1)
}

// Miniflare would silently restart a dead workerd; exit instead, so that the failure shows.
subscribe('child_process', message => {
  const { process: child } = message as { process: ChildProcess }
  child.once('spawn', () => {
    if (!child.spawnfile.includes('workerd') || child.pid === undefined) return
    tell({ type: 'runtime', pid: child.pid })
    child.once('exit', (code, signal) => {
      fail(`workerd ended (${signal ?? `exit code ${code ?? 'unknown'}`})`)
    })
  })
})

async function start({ port, configFile, scriptFile, persistDir, bindings }: WorkerRunOptions) {
  const { runWorker } = await import('./miniflare.ts')
  worker = await runWorker({ port, configFile, scriptFile, persistDir, bindings })
  tell({ type: 'ready' })
}

async function setLive(number: number, live: LiveCount): Promise<void> {
  try {
    if (worker === undefined) throw new Error('The Worker does not run yet')
    await worker.setLive(live)
    tell({ type: 'live-set', number })
  } catch (error) {
    tell({ type: 'live-set', number, reason: reasonOf(error) })
  }
}

process.on('message', (message: MessageToWorker) => {
  if (message.type === 'guard') guarded = message.pids
  else if (message.type === 'set-live') void setLive(message.number, message.live)
  else start(message.options).catch((error: unknown) => fail(reasonOf(error)))
})
process.on('SIGTERM', () => void exit(0))
// The stack died without stopping its processes, so do it here.
process.on('disconnect', () => {
  if (stopping) return
  for (const pid of guarded) {
    try {
      process.kill(pid)
    } catch {
      // It has already ended.
    }
  }
  void exit(1)
})

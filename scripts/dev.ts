/** `pnpm dev`: Vite with live reload, in front of the Worker, which is rebuilt on changes. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { watch } from 'node:fs'
import path from 'node:path'
import { readSettings, startStack, type Stack } from '../packages/local-stack/src/index.ts'
import { build, reportFailure } from './lib/prepare.ts'
import { root } from './lib/root.ts'
import { run, toolEnv } from './lib/run.ts'
import { createStopSignal } from './lib/stop-signal.ts'

const workerSources = ['workers/edge/src', 'packages/doc/src', 'packages/sync/src', 'drizzle/src']
const settleMs = 200

const stopSignal = createStopSignal()
const { port, ...settings } = readSettings(process.env, root)
const origin = `http://localhost:${port}`

/** Rebuilds and restarts the Worker after each change. */
function rebuildOnChange(stack: Stack): void {
  let timer: NodeJS.Timeout | undefined
  let building = Promise.resolve()
  const rebuild = async () => {
    const { ok, output } = await run('pnpm', ['--filter', '@foyer/edge', 'run', 'build'], {
      signal: stopSignal
    })
    if (stopSignal.aborted) return
    if (!ok) {
      console.error(output)
      return
    }
    await stack.killWorker()
    await stack.startWorker()
    console.log('The Worker runs anew')
  }
  for (const folder of workerSources) {
    watch(path.join(root, folder), { recursive: true, signal: stopSignal }, () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        building = building.then(rebuild).catch(console.error)
      }, settleMs)
    }).on('error', () => undefined)
  }
}

async function dev(): Promise<void> {
  await build(stopSignal)
  const stack = await startStack({ ...settings, origin, signal: stopSignal, onFailure: console.error })
  rebuildOnChange(stack)
  const web = path.join(root, 'apps/web')
  const vite = spawn(
    path.join(web, 'node_modules/.bin/vite'),
    ['dev', '--host', '127.0.0.1', '--port', String(port), '--strictPort'],
    { cwd: web, env: toolEnv({ FOYER_WORKER_URL: stack.url }), stdio: 'inherit', signal: stopSignal }
  )
  // Stopping it is not an error.
  vite.on('error', () => undefined)
  await once(vite, 'exit')
  await stack.stop()
}

try {
  await dev()
  process.exit(0)
} catch (error) {
  if (stopSignal.aborted) process.exit(0)
  reportFailure(error)
  process.exit(1)
}

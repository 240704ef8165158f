/** `npm start`: installs, builds, and runs Foyer on this machine until stopped. */
import { build, install, reportFailure } from './lib/prepare.ts'
import { root } from './lib/root.ts'
import { createStopSignal } from './lib/stop-signal.ts'

const stopSignal = createStopSignal()

async function start(): Promise<void> {
  console.log('Installing packages')
  await install(stopSignal)
  // Imported only now, after the packages are installed.
  const { assertPortIsFree, readSettings, startStack } = await import('../packages/local-stack/src/index.ts')
  const settings = readSettings(process.env, root)
  await assertPortIsFree(settings.port)

  console.log('Building')
  await build(stopSignal)

  console.log('Starting the database and the server')
  const failed = Promise.withResolvers<never>()
  // A part may fail during the start, before this promise is awaited.
  failed.promise.catch(() => undefined)
  const onFailure = (reason: string) => {
    failed.reject(new Error(reason))
  }
  const stack = await startStack({ ...settings, signal: stopSignal, onFailure })
  console.log(`Foyer is ready: ${settings.origin ?? stack.url}`)
  try {
    await Promise.race([failed.promise, aborted(stopSignal)])
  } finally {
    await stack.stop()
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => {
      resolve()
    })
  })
}

try {
  await start()
  process.exit(0)
} catch (error) {
  if (stopSignal.aborted) process.exit(0)
  reportFailure(error)
  process.exit(1)
}

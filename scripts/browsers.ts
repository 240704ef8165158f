/**
 * `pnpm test:browsers [firefox|webkit]`: runs the smoke test of apps/web/e2e/engines in Firefox and
 * WebKitGTK, which are found or installed. Not part of `npm test`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { findEngines } from './lib/engines.ts'
import { build, install, reportFailure } from './lib/prepare.ts'
import { root } from './lib/root.ts'
import { toolEnv } from './lib/run.ts'
import { openScreen } from './lib/screen.ts'
import { createStopSignal } from './lib/stop-signal.ts'

const signal = createStopSignal()
const projects = process.argv.slice(2).map(name => `--project=${name}`)
const playwright = ['playwright', 'test', '--config=playwright.engines.config.ts', ...projects]

const smoke = async (): Promise<number> => {
  await install(signal)
  await build(signal)
  const engines = await findEngines()
  const screen = await openScreen(engines.FOYER_XVFB)
  try {
    const child = spawn('pnpm', ['--filter', '@foyer/web', 'exec', ...playwright], {
      cwd: root,
      env: toolEnv({ ...engines, DISPLAY: screen.display }),
      stdio: 'inherit'
    })
    signal.addEventListener('abort', () => child.kill('SIGINT'))
    const [code] = (await once(child, 'exit')) as [number | null]
    return code ?? 1
  } finally {
    screen.close()
  }
}

try {
  process.exitCode = await smoke()
  process.exit()
} catch (error) {
  if (signal.aborted) process.exit(130)
  reportFailure(error)
  process.exit(1)
}

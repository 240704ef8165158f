import { existsSync } from 'node:fs'
import path from 'node:path'
import { HEADLESS_SHELL, systemChromiums } from '../../packages/local-stack/src/chromium.ts'
import { installWithApt } from './apt.ts'
import { run } from './run.ts'

const inWeb = ['--filter', '@foyer/web', 'exec']
const downloadTimeoutMs = 180_000

/**
 * The path of a Chromium that runs: FOYER_CHROMIUM or CHROME, Debian's headless shell, another one
 * of the system, Playwright's, or one installed now. The headless shell is preferred, and installed
 * if apt can, because it draws no window (docs/decisions/0036).
 * @throws {Error} saying what the user can do
 */
export async function findChromium(): Promise<string> {
  for (const name of ['FOYER_CHROMIUM', 'CHROME']) {
    const named = process.env[name]
    if (!named) continue
    if (await runs(named)) return named
    throw new Error(`${name} names ${named}, which does not run`)
  }
  const present = await findInstalled()
  if (present && path.basename(present) === HEADLESS_SHELL) return present
  console.log('Looking for a Chromium for the browser tests, or installing one')
  await installWithApt(HEADLESS_SHELL)
  const found = (await findInstalled()) ?? (await findPlaywrightChromium())
  if (found) return found
  await run('pnpm', [...inWeb, 'playwright', 'install', '--no-shell', 'chromium'], {
    signal: AbortSignal.timeout(downloadTimeoutMs)
  })
  const downloaded = await findPlaywrightChromium()
  if (downloaded) return downloaded
  const output = await installWithApt('chromium')
  const installed = await findInstalled()
  if (installed) return installed
  throw new Error(
    `No Chromium was found, nor could one be installed. Name one with FOYER_CHROMIUM=…\n${output}`
  )
}

async function runs(file: string): Promise<boolean> {
  return (await run(file, ['--version'])).ok
}

/** The system's first Chromium that runs. */
async function findInstalled(): Promise<string | undefined> {
  for (const file of systemChromiums()) if (await runs(file)) return file
  return undefined
}

async function findPlaywrightChromium(): Promise<string | undefined> {
  const script = "require('@playwright/test').chromium.executablePath()"
  const { output } = await run('pnpm', [...inWeb, 'node', '-p', script])
  const file = output.trim()
  return existsSync(file) && (await runs(file)) ? file : undefined
}

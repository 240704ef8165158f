import { existsSync } from 'node:fs'
import path from 'node:path'

/** A Chromium without windows, which the browser tests do not need (docs/decisions/0036). */
export const HEADLESS_SHELL = 'chromium-headless-shell'

const NAMES = [HEADLESS_SHELL, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium'
]

/** The Chromiums in PATH, preferred first. Does not check whether they run. */
export const systemChromiums = (): string[] => {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  const onPath = NAMES.flatMap(name => folders.map(folder => path.join(folder, name)))
  return [...onPath, ...MAC_APPS].filter(file => existsSync(file))
}

/** Playwright's launch options: FOYER_CHROMIUM, else the system's browser, else its own. */
export const chromiumOptions = () => {
  const executablePath = process.env['FOYER_CHROMIUM'] ?? systemChromiums()[0]
  const isRoot = process.getuid?.() === 0
  return {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: isRoot ? ['--no-sandbox'] : []
  }
}

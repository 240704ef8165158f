import { existsSync } from 'node:fs'
import path from 'node:path'

/** Draws no window, which the browser tests have no use for (docs/decisions/0036). */
export const HEADLESS_SHELL = 'chromium-headless-shell'

const NAMES = [HEADLESS_SHELL, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium'
]

/** The Chromiums that the system has, the preferred one first; whether they run is not looked at. */
export const systemChromiums = (): string[] => {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  const onPath = NAMES.flatMap(name => folders.map(folder => path.join(folder, name)))
  return [...onPath, ...MAC_APPS].filter(file => existsSync(file))
}

/** How Playwright starts browsers: FOYER_CHROMIUM names one, else the system's is taken, else Playwright's own. */
export const chromiumOptions = () => {
  const executablePath = process.env['FOYER_CHROMIUM'] ?? systemChromiums()[0]
  const isRoot = process.getuid?.() === 0
  return {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: isRoot ? ['--no-sandbox'] : []
  }
}

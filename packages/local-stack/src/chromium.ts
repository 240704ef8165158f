import { existsSync } from 'node:fs'

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
]

/** How Playwright starts browsers: FOYER_CHROMIUM names one, else the system's is taken, else Playwright's own. */
export const chromiumOptions = () => {
  const executablePath = process.env['FOYER_CHROMIUM'] ?? SYSTEM_BROWSERS.find(path => existsSync(path))
  const isRoot = process.getuid?.() === 0
  return {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: isRoot ? ['--no-sandbox'] : []
  }
}

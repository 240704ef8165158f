import { existsSync, globSync } from 'node:fs'
import path from 'node:path'
import { installWithApt } from './apt.ts'

/** Programs for the engines' smoke test, with Debian packages. Set FOYER_… to override one. */
const PROGRAMS = [
  { variable: 'FOYER_FIREFOX', package: 'firefox-esr', find: () => inPath('firefox-esr', 'firefox') },
  { variable: 'FOYER_WEBKIT_DRIVER', package: 'webkit2gtk-driver', find: () => inPath('WebKitWebDriver') },
  // Comes with the engine's library, a dependency of the driver.
  { variable: 'FOYER_MINIBROWSER', package: 'webkit2gtk-driver', find: findMiniBrowser },
  { variable: 'FOYER_XVFB', package: 'xvfb', find: () => inPath('Xvfb') }
] as const

type Variable = (typeof PROGRAMS)[number]['variable']

/**
 * Finds or installs the programs. @returns their paths by variable
 * @throws {Error} saying what the user can do
 */
export async function findEngines(): Promise<Record<Variable, string>> {
  const find = () =>
    PROGRAMS.map(program => ({ ...program, file: process.env[program.variable] ?? program.find() }))
  const missing = find().filter(({ file }) => file === undefined)
  let output = ''
  if (missing.length > 0) {
    const packages = new Set(missing.map(program => program.package))
    console.log(`Installing ${[...packages].join(', ')}`)
    output = await installWithApt(...packages)
  }
  const found = find().map(({ variable, package: name, file }) => {
    if (file === undefined || !existsSync(file)) {
      throw new Error(
        `${variable}=${file ?? ''} is not there. Install Debian's ${name}, or name it yourself.\n${output}`
      )
    }
    return [variable, file]
  })
  return Object.fromEntries(found) as Record<Variable, string>
}

function inPath(...names: string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  return names.flatMap(name => folders.map(folder => path.join(folder, name))).find(file => existsSync(file))
}

function findMiniBrowser(): string | undefined {
  return globSync('/usr/lib{,/*}/webkit2gtk-4.*/MiniBrowser')[0]
}

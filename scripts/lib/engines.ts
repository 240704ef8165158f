import { existsSync, globSync } from 'node:fs'
import path from 'node:path'
import { installWithApt } from './apt.ts'

/** What the smoke run in other engines needs, each with its Debian package. FOYER_… names another one. */
const PROGRAMS = [
  { variable: 'FOYER_FIREFOX', package: 'firefox-esr', find: () => inPath('firefox-esr', 'firefox') },
  { variable: 'FOYER_WEBKIT_DRIVER', package: 'webkit2gtk-driver', find: () => inPath('WebKitWebDriver') },
  // It comes with the engine's library, which the driver needs.
  { variable: 'FOYER_MINIBROWSER', package: 'webkit2gtk-driver', find: findMiniBrowser },
  { variable: 'FOYER_XVFB', package: 'xvfb', find: () => inPath('Xvfb') }
] as const

type Variable = (typeof PROGRAMS)[number]['variable']

/** The programs' paths by variable: found, or installed now. Throws with what the person can do about it. */
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

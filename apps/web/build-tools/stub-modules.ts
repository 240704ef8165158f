import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const beside = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** Modules of others that bring more than this app uses of them, and what takes their place in the browser. */
const STAND_INS: Readonly<Record<string, string>> = {
  'lib0/environment': beside('stub-environment.ts'),
  'lib0/logging': beside('stub-logging.ts'),
  devalue: beside('stub-serializing.ts')
}

/** Keeps Home's first load small. The server's side of SvelteKit, which writes the empty page, has the real ones. */
export const stubModules = (): Plugin => ({
  name: 'foyer:stub-modules',
  enforce: 'pre',
  applyToEnvironment: environment => environment.name === 'client',
  // lib0's modules import each other by file.
  resolveId: (id, importer) =>
    STAND_INS[importer?.includes('/lib0/') === true ? id.replace(/^\.\/(.+)\.js$/, 'lib0/$1') : id]
})

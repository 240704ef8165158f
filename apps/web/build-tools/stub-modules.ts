import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const beside = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** Modules of dependencies replaced in the browser by smaller stubs. */
const STUBS: Readonly<Record<string, string>> = {
  'lib0/environment': beside('stub-environment.ts'),
  'lib0/logging': beside('stub-logging.ts'),
  devalue: beside('stub-serializing.ts')
}

/** Keeps Home's first load small. SvelteKit's server build uses the originals. */
export const stubModules = (): Plugin => ({
  name: 'foyer:stub-modules',
  enforce: 'pre',
  applyToEnvironment: environment => environment.name === 'client',
  // lib0's modules import each other by relative path.
  resolveId: (id, importer) =>
    STUBS[importer?.includes('/lib0/') === true ? id.replace(/^\.\/(.+)\.js$/, 'lib0/$1') : id]
})

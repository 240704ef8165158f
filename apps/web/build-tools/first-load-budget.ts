import type { Plugin } from 'vite'
import { filesOfFirstLoad, gzipBytes, nodesOfHome, type BuiltFile } from './first-load.ts'

/** JavaScript of Home's first load, gzip. */
const MAX_BYTES = 100_000

const inKilobytes = (bytes: number) => `${(bytes / 1_000).toFixed(1)} KB`

/** @throws if the files exceed the budget, listing the largest */
export const checkBudget = (files: BuiltFile[], max = MAX_BYTES): string => {
  const bytes = gzipBytes(files)
  const line = `First load of Home: ${inKilobytes(bytes)} of JavaScript (gzip) in ${files.length} files, at most ${inKilobytes(max)}`
  if (bytes <= max) return line
  const largest = files
    .map(file => ({ ...file, bytes: gzipBytes([file]) }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, 8)
    .map(file => `  ${inKilobytes(file.bytes).padStart(9)}  ${file.name}`)
  throw new Error(
    `${line}.\nWhat Home does not show at first belongs behind an import(). The largest files:\n${largest.join('\n')}`
  )
}

/**
 * Fails the build if Home's first load exceeds its budget; prints the size on every build.
 * @param onFiles called with the files of the first load
 */
export const firstLoadBudget = (onFiles: (fileNames: string[]) => void): Plugin => ({
  name: 'foyer:first-load-budget',
  apply: 'build',
  applyToEnvironment: environment => environment.name === 'client',
  writeBundle(_, bundle) {
    const chunks = Object.values(bundle).filter(file => file.type === 'chunk')
    const app = chunks.find(({ name }) => name === 'entry/app')?.facadeModuleId
    // The service worker's own build runs in the same environment.
    if (app == null) return
    const appModule = this.getModuleInfo(app)?.code ?? ''
    const files = filesOfFirstLoad(chunks, nodesOfHome(appModule))
    console.log(checkBudget(files))
    onFiles(files.map(({ fileName }) => fileName))
  }
})

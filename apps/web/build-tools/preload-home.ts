import type { Adapter } from '@sveltejs/kit'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Where the adapter leaves the page that is sent for every address. */
const PAGE = path.join('build', 'index.html')

/**
 * Names all of Home's first load in the page. SvelteKit, which does not know for which address the page is, names only what
 * every page needs: the rest would be asked for when that has come and run.
 * @param files of the first load, below the site's root; asked for when all are built
 */
export const preloadHome = (adapter: Adapter, files: () => string[]): Adapter => ({
  ...adapter,
  async adapt(builder) {
    await adapter.adapt(builder)
    await writeFile(PAGE, withPreloads(await readFile(PAGE, 'utf8'), files()))
  }
})

/** @throws where the page is not as SvelteKit writes it */
export const withPreloads = (page: string, files: string[]): string => {
  const last = page.lastIndexOf('rel="modulepreload">')
  if (last < 0) throw new Error('SvelteKit’s page names no modules')
  const at = page.indexOf('>', last) + 1
  const missing = files.filter(file => !page.includes(`"/${file}"`))
  const links = missing.map(file => `\n\t\t<link href="/${file}" rel="modulepreload">`)
  return page.slice(0, at) + links.join('') + page.slice(at)
}

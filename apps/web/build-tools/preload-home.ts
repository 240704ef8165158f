import type { Adapter } from '@sveltejs/kit'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** The page that the adapter writes for every URL. */
const PAGE = path.join('build', 'index.html')

/**
 * Preloads all of Home's first load at the top of the page.
 * SvelteKit preloads only what every page needs, as it does not know the URL.
 * @param files of the first load, relative to the site's root; called after the build
 */
export const preloadHome = (adapter: Adapter, files: () => string[]): Adapter => ({
  ...adapter,
  async adapt(builder) {
    await adapter.adapt(builder)
    await writeFile(PAGE, withPreloads(await readFile(PAGE, 'utf8'), files()))
  }
})

const HEAD = '<meta charset="utf-8" />\n'
const MODULE = /[\t ]*<link href="([^"]+)" rel="modulepreload">\n/g
const STYLESHEET = /<link href="([^"]+)" rel="stylesheet">/g

/** @throws if the page does not have the form that SvelteKit generates */
export const withPreloads = (page: string, files: string[]): string => {
  const hrefs = (link: RegExp) => Array.from(page.matchAll(link), ([, href]) => href)
  const named = hrefs(MODULE)
  const top = page.indexOf(HEAD) + HEAD.length
  if (top < HEAD.length || named.length === 0) throw new Error('the page is not as SvelteKit writes it')
  const modules = new Set([...named, ...files.map(file => `/${file}`)])
  const links = [
    ...Array.from(modules, href => `    <link href="${href}" rel="modulepreload">\n`),
    ...hrefs(STYLESHEET).map(href => `    <link href="${href}" rel="preload" as="style">\n`)
  ]
  return page.slice(0, top) + links.join('') + page.slice(top).replaceAll(MODULE, '')
}

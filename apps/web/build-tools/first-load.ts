import { gzipSync } from 'node:zlib'

/** What of a built file is looked at here; Rolldown's output chunks fit. */
export interface BuiltFile {
  fileName: string
  /** SvelteKit's own names: `entry/start`, `entry/app`, `nodes/<number>`; others are nobody's word. */
  name: string
  code: string
  imports: string[]
  dynamicImports: string[]
}

/** The root layout and its error page: SvelteKit fetches both on every page. */
const ALWAYS = [0, 1]

/**
 * The numbers of the nodes that SvelteKit loads to show Home.
 * @param appModule the code of the app's module that SvelteKit generates
 * @throws where it is not written as SvelteKit 3 writes it
 */
export const nodesOfHome = (appModule: string): number[] => {
  const routes = /\bdictionary = (\{[^}]*\})/.exec(appModule)?.[1]
  if (routes === undefined) throw new Error('SvelteKit’s app module holds no dictionary of routes')
  // `~4`: a page whose load function runs on the server; nothing between two commas: a layout that is left out.
  const json = routes.replaceAll('~', '').replaceAll(/(?<=[[,])(?=[,\]])/g, 'null')
  const dictionary = JSON.parse(json) as Record<string, [page: number, layouts?: (number | null)[]]>
  const home = Object.entries(dictionary).find(([id]) => /^(\/\([^)/]*\))*\/?$/.test(id))
  if (home === undefined) throw new Error('there is no route for Home')
  const [, [page, layouts = []]] = home
  return [...ALWAYS, ...layouts.filter(layout => layout !== null), page]
}

/** The files that a browser has to have before Home is complete: everything else is loaded on demand. */
export const filesOfFirstLoad = (files: BuiltFile[], nodes: number[]): BuiltFile[] => {
  const named = (name: string): BuiltFile => {
    const file = files.find(each => each.name === name)
    if (file === undefined) throw new Error(`the build has no ${name}`)
    return file
  }
  const start = named('entry/start')
  const needed = new Map<string, BuiltFile>()
  const need = (file: BuiltFile | undefined) => {
    if (file === undefined || needed.has(file.fileName)) return
    needed.set(file.fileName, file)
    for (const fileName of file.imports) need(files.find(each => each.fileName === fileName))
  }
  need(start)
  // The router itself, which the start asks for at once.
  for (const fileName of start.dynamicImports) need(files.find(each => each.fileName === fileName))
  for (const name of ['entry/app', ...nodes.map(node => `nodes/${String(node)}`)]) need(named(name))
  return [...needed.values()]
}

/** Bytes, each file by itself as servers send it. */
export const gzipBytes = (files: Pick<BuiltFile, 'code'>[]): number =>
  files.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0)

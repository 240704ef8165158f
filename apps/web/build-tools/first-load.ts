import { gzipSync } from 'node:zlib'

/** The used part of Rolldown's output chunk. */
export interface BuiltFile {
  fileName: string
  /** SvelteKit's names: `entry/start`, `entry/app`, `nodes/<number>`; others are arbitrary. */
  name: string
  code: string
  imports: string[]
  dynamicImports: string[]
}

/** The root layout and its error page, which every page loads. */
const ALWAYS = [0, 1]

/**
 * The nodes that SvelteKit loads for Home.
 * @param appModule the code of SvelteKit's generated app module
 * @throws if it does not have the form that SvelteKit 3 generates
 */
export const nodesOfHome = (appModule: string): number[] => {
  const routes = /\bdictionary = (\{[^}]*\})/.exec(appModule)?.[1]
  if (routes === undefined) throw new Error('SvelteKit’s app module holds no dictionary of routes')
  // `~4` is a node with a server load function; an empty slot is a skipped layout.
  const json = routes.replaceAll('~', '').replaceAll(/(?<=[[,])(?=[,\]])/g, 'null')
  const dictionary = JSON.parse(json) as Record<string, [page: number, layouts?: (number | null)[]]>
  const home = Object.entries(dictionary).find(([id]) => /^(\/\([^)/]*\))*\/?$/.test(id))
  if (home === undefined) throw new Error('there is no route for Home')
  const [, [page, layouts = []]] = home
  return [...ALWAYS, ...layouts.filter(layout => layout !== null), page]
}

/** The files that the browser needs for Home; everything else is loaded on demand. */
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
  // The router, which the start file imports at once.
  for (const fileName of start.dynamicImports) need(files.find(each => each.fileName === fileName))
  for (const name of ['entry/app', ...nodes.map(node => `nodes/${String(node)}`)]) need(named(name))
  return [...needed.values()]
}

/** Bytes, each file compressed separately, as servers send them. */
export const gzipBytes = (files: Pick<BuiltFile, 'code'>[]): number =>
  files.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0)

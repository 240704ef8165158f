import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

const BUILD = path.resolve(import.meta.dirname, '../build')
const TYPES: Partial<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml'
}

type Build = Map<string, Buffer>

/**
 * Serves the app, and a later version after `deploy`, as the Worker does: missing files are 404.
 * @example const builds = await serveBuilds()
 */
export const serveBuilds = async () => {
  const now = await readBuild()
  let served = now
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const wantsPage = request.headers['sec-fetch-mode'] === 'navigate' || pathname === '/'
    const name = served.has(pathname) || !wantsPage ? pathname : '/index.html'
    const file = served.get(name)
    response.writeHead(file === undefined ? 404 : 200, {
      'content-type': TYPES[path.extname(name)] ?? 'application/octet-stream',
      'cache-control': 'no-store' // so that nothing but the service worker keeps a file
    })
    response.end(file)
  })
  await once(server.listen(0, 'localhost'), 'listening')
  return {
    url: `http://localhost:${String((server.address() as AddressInfo).port)}`,
    deploy() {
      served = laterBuild(now)
    },
    stop() {
      server.closeAllConnections()
      server.close()
    }
  }
}

const readBuild = async (): Promise<Build> => {
  const entries = await readdir(BUILD, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => path.join(entry.parentPath, entry.name))
  return new Map(
    await Promise.all(
      files.map(
        async file =>
          [`/${path.relative(BUILD, file).split(path.sep).join('/')}`, await readFile(file)] as const
      )
    )
  )
}

/** Simulates a change of everything: no file keeps its content hash. */
const laterBuild = (build: Build): Build => {
  const { version } = JSON.parse(String(build.get('/_app/version.json'))) as { version: string }
  const names = [...build.keys()]
    .filter(name => name.startsWith('/_app/immutable/'))
    .map(name => path.basename(name))
  const references = new RegExp(`/(?=(?:${names.join('|').replaceAll('.', '\\.')}))`, 'g')
  const rename = (text: string) => text.replace(references, '/later-').replaceAll(version, `${version}0`)
  return new Map(
    Array.from(build, ([name, file]) => {
      if (!/\.(?:js|css|html|json)$/.test(name)) return [name, file]
      const text = rename(String(file))
      return [rename(name), Buffer.from(name === '/index.html' ? allowScript(text) : text)]
    })
  )
}

/** The page says so itself, and its policy allows its script again. */
const allowScript = (html: string): string => {
  const script = Array.from(html.matchAll(/<script>([^]*?)<\/script>/g), match => match[1] ?? '').at(-1) ?? ''
  return html
    .replace('<html', '<html data-build="later"')
    .replace(/'sha256-[^']+'/, `'sha256-${createHash('sha256').update(script).digest('base64')}'`)
}

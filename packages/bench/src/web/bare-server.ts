import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { whileRunning, type Running } from '../running.ts'

const SOURCE = path.join(import.meta.dirname, 'bare-page')
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }

interface BareServer extends Running {
  url: string
}

/** Serves a page with only Yjs and y-indexeddb, bundled as the app is. */
export const withBareServer = async <T>(run: (server: BareServer) => Promise<T>): Promise<T> =>
  whileRunning(await startBareServer(), run)

const startBareServer = async (): Promise<BareServer> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'foyer-bench-bare-'))
  const build = ['vite', 'build', SOURCE, '--outDir', folder, '--target', 'esnext', '--logLevel', 'error']
  await promisify(execFile)('pnpm', ['--filter', '@foyer/web', 'exec', ...build])
  const server = createServer((request, response) => {
    const file = request.url === '/' ? '/index.html' : (request.url ?? '')
    readFile(path.join(folder, path.normalize(file))).then(
      content => response.setHeader('content-type', TYPES[path.extname(file)] ?? '').end(content),
      () => response.writeHead(404).end()
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections()
      server.close()
      await rm(folder, { recursive: true, force: true })
    }
  }
}

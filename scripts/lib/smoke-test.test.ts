import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { smokeTest } from './smoke-test.ts'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

interface Answers {
  health?: string
  home?: [status: number, type: string]
  closeCode?: number
}

/** A server that answers as the app does, with overrides. */
const serve = async ({
  health = '{"status":"ok"}',
  home = [200, 'text/html'],
  closeCode = 4401
}: Answers) => {
  server = createServer((request, response) => {
    if (request.url === '/api/health') response.end(health)
    else if (request.url === '/') response.writeHead(home[0], { 'content-type': home[1] }).end()
    else response.writeHead(200, { 'content-type': 'text/javascript' }).end()
  })
  server.on('upgrade', (request, socket) => {
    // RFC 6455, 4.2.2: the handshake, then one close frame.
    const key = `${request.headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
    const accept = createHash('sha1').update(key).digest('base64')
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n')
    socket.write(`Sec-WebSocket-Accept: ${accept}\r\n\r\n`)
    socket.end(Buffer.from([0x88, 2, closeCode >> 8, closeCode & 0xff]))
  })
  await new Promise<void>(resolve => server?.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

it('passes if all answers are right', async () => {
  expect(await smokeTest(await serve({}), { patienceMs: 0 })).toEqual([])
})

it.each<[Answers, string]>([
  [{ health: '<html>' }, 'the API and its database: expected {"status":"ok"}, got <html>'],
  [{ home: [503, 'text/html'] }, 'Home: status 503'],
  [{ home: [200, 'text/plain'] }, 'Home: expected text/html, got text/plain'],
  [{ closeCode: 1011 }, 'a WebSocket without a session: expected 4401, got 1011']
])('names what is wrong: %o', async (answers, failure) => {
  expect(await smokeTest(await serve(answers), { patienceMs: 0 })).toEqual([failure])
})

it('fails if nobody answers', async () => {
  expect(await smokeTest('http://127.0.0.1:1', { patienceMs: 0 })).toHaveLength(4)
})

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What happens to a request on its way to the database. */
export type Fault =
  /** Nobody answers, and the database hears nothing of it. */
  | 'hangs'
  | 'answers 500'
  /** The database did it, and the connection is reset before it can say so. */
  | 'resets after the commit'
  /** It begins to answer, and does not end. */
  | 'answers half'
  /** The answer comes later than anybody waits for it. */
  | 'answers too late'
  /** So does the request itself: the database does it after its sender has given up. */
  | 'arrives too late'

/** Longer than the Worker waits for the database. */
const TOO_LATE_MS = 8_500

/** A fault that is there until it is healed, or has met as many requests as it was to. */
export interface BrokenProxy {
  /** How many requests met it. */
  readonly met: number
  heal(): void
}

/** A proxy in front of a database, which a test can break. */
export interface DatabaseProxy {
  url: string
  /**
   * @param only requests that say all of this; others pass.
   * @param times none: until it is healed
   */
  break(fault: Fault, options: { only: string[]; times?: number }): BrokenProxy
  /** Settles when no request is on its way any more that arrives too late. */
  quiet(): Promise<unknown>
  stop(): Promise<void>
}

export const startDatabaseProxy = async (databaseUrl: string): Promise<DatabaseProxy> => {
  const broken = new Set<{ fault: Fault; only: string[]; left: number; met: number }>()
  const late: Promise<unknown>[] = []

  const forward = async ({ method = 'POST', url = '/', headers }: IncomingMessage, body: Uint8Array) => {
    const { host: _, connection: __, 'content-length': ___, ...passed } = headers
    return fetch(new URL(url, databaseUrl), {
      method,
      headers: passed as Record<string, string>,
      ...(body.length > 0 && { body: body as Uint8Array<ArrayBuffer> })
    })
  }
  const pass = async (request: IncomingMessage, body: Uint8Array, response: ServerResponse) => {
    const answer = await forward(request, body)
    const content = new Uint8Array(await answer.arrayBuffer())
    const type = answer.headers.get('content-type') ?? 'application/json'
    response.writeHead(answer.status, { 'content-type': type }).end(content)
  }
  const meetFault = async (
    fault: Fault,
    request: IncomingMessage,
    body: Uint8Array,
    response: ServerResponse
  ) => {
    switch (fault) {
      case 'hangs':
        return
      case 'answers 500':
        response.writeHead(500).end('out of order')
        return
      case 'resets after the commit':
        await (await forward(request, body)).arrayBuffer()
        response.socket?.resetAndDestroy()
        return
      case 'answers too late':
        await (await forward(request, body)).arrayBuffer()
        return
      case 'answers half': {
        const answer = new Uint8Array(await (await forward(request, body)).arrayBuffer())
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length })
        response.write(answer.subarray(0, answer.length / 2))
        return
      }
      case 'arrives too late':
        late.push(sleep(TOO_LATE_MS).then(() => forward(request, body)))
    }
  }

  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Uint8Array[] = []
      for await (const chunk of request) chunks.push(chunk as Uint8Array)
      const body = Buffer.concat(chunks)
      const met = [...broken].find(({ only, left }) => left > 0 && only.every(word => body.includes(word)))
      if (met === undefined) {
        await pass(request, body, response)
        return
      }
      met.left--
      met.met++
      await meetFault(met.fault, request, body, response)
    })().catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    break(fault, { only, times = Infinity }) {
      const one = { fault, only, left: times, met: 0 }
      broken.add(one)
      return {
        get met() {
          return one.met
        },
        heal() {
          broken.delete(one)
        }
      }
    },
    quiet: () => Promise.all(late),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  }
}

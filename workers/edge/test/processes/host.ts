import { makeLinkKey } from '@foyer/doc'
import type { Stack } from '@foyer/local-stack'
import { randomBytes } from 'node:crypto'

/** A signed-in person with a workspace of their own, on a running stack. */
export interface Host {
  workspaceId: string
  cookie: string
  /** Same-origin request with the cookie. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>
}

export const makeHost = async ({ url }: Stack): Promise<Host> => {
  const post = (path: string, body: unknown, cookie = '') =>
    fetch(url + path, {
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json', cookie },
      body: JSON.stringify(body)
    })
  const email = `${randomBytes(8).toString('hex')}@example.com`
  const signedUp = await post('/api/auth/sign-up/email', {
    email,
    name: 'Ada',
    password: 'correct horse battery'
  })
  const cookie = signedUp.headers
    .getSetCookie()
    .map(line => line.split(';', 1)[0])
    .join('; ')
  const workspaceId = randomBytes(16).toString('base64url').slice(0, 21)
  const adopted = await post(
    '/api/workspaces',
    { id: workspaceId, name: 'Studio', linkKey: makeLinkKey() },
    cookie
  )
  if (adopted.status !== 201) throw new Error(await adopted.text())
  return {
    workspaceId,
    cookie,
    fetch: (path, init) => fetch(url + path, { ...init, headers: { origin: url, cookie } })
  }
}

/** Node's own, where a test has put another one in its place. */
const NodeWebSocket = WebSocket

/**
 * Node's WebSocket, sending a cookie as a browser would.
 * @param onMessage sees each binary message first
 */
export const webSocketWithCookie = (
  cookie: string | ((url: URL) => string),
  onMessage: (bytes: Uint8Array, url: URL) => void = () => undefined
) =>
  class extends NodeWebSocket {
    constructor(url: string | URL) {
      const headers = { cookie: typeof cookie === 'string' ? cookie : cookie(new URL(url)) }
      // Node takes headers where a browser takes protocols.
      super(url, { headers } as unknown as string[])
      this.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (data instanceof ArrayBuffer) onMessage(new Uint8Array(data), new URL(url))
      })
    }
  }

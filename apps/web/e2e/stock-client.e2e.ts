import { itemRoot, readItems } from '@foyer/doc'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { expect, test } from './fixtures.ts'

/** Node's WebSocket with a browser's cookie. */
const webSocketWith = (cookie: string) =>
  class extends WebSocket {
    constructor(url: string | URL) {
      // Node takes headers where a browser takes protocols.
      super(url, { headers: { cookie } } as unknown as string[])
    }
  }

test('a stock y-websocket client reads the rooms and renames one, and the app shows it', async ({
  newHost,
  stack
}) => {
  const laptop = await newHost('Clients')

  const cookies = await laptop.page.context().cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(
    `${stack.url.replace('http', 'ws')}/sync`,
    await laptop.workspaceId(),
    doc,
    {
      WebSocketPolyfill: webSocketWith(cookie),
      disableBc: true
    }
  )
  try {
    await expect.poll(() => readItems(doc, 'room').map(room => room.name)).toEqual(['Clients'])
    const [room] = readItems(doc, 'room')
    itemRoot(doc, 'room').set(`${room?.id ?? ''}/name`, ['Customers', Date.now() + 1])
    await expect(laptop.home.tile('Customers')).toBeVisible()
  } finally {
    provider.destroy()
  }
})

import { createRoom, itemRoot, readItems } from '@foyer/doc'
import { startStack, type Stack } from '@foyer/local-stack'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { makeHost, webSocketWithCookie } from './host.ts'

let stack: Stack
let dataDir: string

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'foyer-stock-'))
  stack = await startStack({ dataDir })
})
afterAll(async () => {
  await stack.stop()
  await rm(dataDir, { recursive: true, force: true })
})

it('a stock y-websocket client reads the rooms and renames one', async () => {
  const host = await makeHost(stack)
  const connect = (doc: Y.Doc) =>
    new WebsocketProvider(`${stack.url.replace('http', 'ws')}/sync`, host.workspaceId, doc, {
      WebSocketPolyfill: webSocketWithCookie(host.cookie),
      disableBc: true
    })
  const synced = (provider: WebsocketProvider) =>
    vi.waitFor(() => {
      expect(provider.synced).toBe(true)
    })
  const one = connect(new Y.Doc())
  await synced(one)
  const id = createRoom(one.doc, { name: 'Weekly' }, Date.now())

  const other = connect(new Y.Doc())
  await vi.waitFor(() => {
    expect(readItems(other.doc, 'room').map(room => room.name)).toEqual(['Weekly'])
  })
  itemRoot(other.doc, 'room').set(`${id}/name`, ['Renamed by a stock client', Date.now() + 1])
  await vi.waitFor(async () => {
    const answer = await host.fetch(`/api/workspaces/${host.workspaceId}/rooms`)
    expect(await answer.json()).toMatchObject({ rooms: [{ name: 'Renamed by a stock client' }] })
  })
  expect(readItems(one.doc, 'room').map(room => room.name)).toEqual(['Renamed by a stock client'])
  one.destroy()
  other.destroy()
})

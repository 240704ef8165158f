import { createRoom } from '@foyer/doc'
import { startStack, type Stack } from '@foyer/local-stack'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { latin1, madePng } from '../pictures.ts'
import { makeHost } from './host.ts'
import { createDevices } from './process-device.ts'

let stack: Stack
let dataDir: string

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'foyer-storage-'))
  stack = await startStack({ dataDir })
})
afterAll(async () => {
  await stack.stop()
  await rm(dataDir, { recursive: true, force: true })
})

it('pictures lie in the data folder, and are there after the Worker was killed', async () => {
  const host = await makeHost(stack)
  const body = madePng(1_600, 900, randomBytes(8).toString('hex'))
  const sha256 = createHash('sha256').update(body).digest('hex')
  const upload = () =>
    host.fetch(`/api/uploads/${sha256}?workspace=${host.workspaceId}`, { method: 'PUT', body })
  expect((await upload()).status).toBe(201)
  await stack.killWorker()
  expect(existsSync(path.join(dataDir, 'worker', 'r2'))).toBe(true)
  await stack.startWorker()
  const served = await fetch(`${stack.url}/media/${sha256}`)
  expect([served.status, served.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect(new Uint8Array(await served.arrayBuffer())).toEqual(body)
  expect((await upload()).status).toBe(200)
  // The app's own page is never served in a picture's place.
  expect(
    (await fetch(`${stack.url}/media/${createHash('sha256').update(latin1('x')).digest('hex')}`)).status
  ).toBe(404)
})

it('S29: a count set through the stack is heard, outlives a kill, and is refused while nothing runs', async () => {
  const host = await makeHost(stack)
  const { doc, client, usage, synced } = createDevices(stack, host)()
  const id = createRoom(doc, { name: 'Weekly' }, Date.now())
  await synced()
  const live = (people: number) =>
    vi.waitFor(() => {
      expect(usage.liveCount(id)).toBe(people)
    })
  await stack.setLive(host.workspaceId, id, 3)
  await live(3)
  await stack.killWorker()
  await live(0)
  await expect(stack.setLive(host.workspaceId, id, 4)).rejects.toThrow('the Worker has ended')
  await stack.startWorker()
  client.retryNow()
  await synced()
  await live(3)
  await stack.setLive(host.workspaceId, id, 0)
  await live(0)
  client.destroy()
})

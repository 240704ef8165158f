import { createRoom, editItem, readItem } from '@foyer/doc'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type * as Y from 'yjs'
import type { Fault } from './database-proxy.ts'
import { makeHost } from './host.ts'
import { createDevices } from './process-device.ts'
import { expectAllStored, startProxiedStack, type ProxiedStack } from './proxied-stack.ts'
import { STATEMENT } from './statements.ts'

const EDIT_EVERY_MS = 20
/** For a machine under load; the longest fault takes 17 s. */
const PATIENCE = { timeout: 30_000 }

let proxied: ProxiedStack

beforeAll(async () => {
  proxied = await startProxiedStack()
})
afterAll(() => proxied.stop())

/** A fault of the connection to the database, and which requests meet it. */
interface Trouble {
  fault: Fault
  only?: string
  times?: number
  /** Does it last until people see that they are offline? */
  isFelt: boolean
}
const troubles: Trouble[] = [
  { fault: 'hangs', isFelt: true },
  { fault: 'answers 500', isFelt: true },
  { fault: 'resets after the commit', only: STATEMENT.commit, times: 3, isFelt: false },
  { fault: 'answers too late', only: STATEMENT.commit, times: 1, isFelt: false },
  { fault: 'arrives too late', only: STATEMENT.commit, times: 1, isFelt: false }
]

// All at once, each for a workspace of its own: most of it is waiting.
it.concurrent.for(troubles)(
  'S8: where the database $fault, people work on, and nothing is lost or doubled',
  async ({ fault, only = '', times, isFelt }, { onTestFinished }) => {
    const { proxy, stack, database } = proxied
    const host = await makeHost(stack)
    const open = createDevices(stack, host)
    const [writer, reader] = [open(), open()]
    const id = createRoom(writer.doc, { name: 'Weekly' }, Date.now())
    await writer.synced()
    await reader.synced()

    const nameIn = (doc: Y.Doc) => readItem(doc, { kind: 'room', id })?.name
    let edits = 0
    const edit = () => {
      editItem(writer.doc, { kind: 'room', id }, { name: `Edit ${++edits}` }, Date.now())
      expect(nameIn(writer.doc)).toBe(`Edit ${edits}`)
    }
    const editing = setInterval(edit, EDIT_EVERY_MS)
    const broken = proxy.break(fault, { only: [host.workspaceId, only], ...(times && { times }) })
    onTestFinished(() => {
      clearInterval(editing)
      broken.heal()
      for (const { client } of [writer, reader]) client.destroy()
    })
    await vi.waitFor(() => {
      expect(broken.met).toBeGreaterThanOrEqual(times ?? 1)
      if (isFelt) expect(writer.client.status).toBe('offline')
    }, PATIENCE)
    edit() // nobody has to wait for the database
    broken.heal()
    const last = nameIn(reader.doc)
    await vi.waitFor(() => {
      expect(nameIn(reader.doc)).not.toBe(last)
    }, PATIENCE)
    clearInterval(editing)
    await writer.synced()
    await reader.synced()
    await vi.waitFor(() => {
      expect(nameIn(reader.doc)).toBe(nameIn(writer.doc))
    }, PATIENCE)
    await proxy.quiet()
    await expectAllStored(writer, database, host)
    await expectAllStored(reader, database, host)
  }
)

import { readWorkspaceName, renameWorkspace, type Entry } from '@foyer/doc'
import { CLOSE, encodeUpdate } from '@foyer/sync/protocol'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { addPerson, adoptWorkspace, request, signUp } from './account.ts'
import { allStored, join, type Replica } from './replica.ts'

let cookie: string
let workspaceId: string
let replica: Replica

beforeEach(async () => {
  ;({ cookie } = await signUp())
  workspaceId = await adoptWorkspace(cookie)
  replica = await join(workspaceId, cookie)
  renameWorkspace(replica.doc, 'Studio', 1_000)
  await allStored(replica)
})

const until = (assertion: () => void) => vi.waitFor(assertion, { timeout: 5_000 })
const listed = async () =>
  (await (await request('/api/workspaces', { cookie })).json<{ workspaces: { name: string }[] }>())
    .workspaces[0]?.name
const nameRoot = (doc: Y.Doc) => doc.getMap<Entry>('workspace')
const renamedByForce = (entry: Entry) => {
  const doc = new Y.Doc()
  nameRoot(doc).set('name', entry)
  return encodeUpdate(Y.encodeStateAsUpdate(doc))
}

it('a new name reaches other members and the list of workspaces', async () => {
  const other = await join(workspaceId, cookie)
  renameWorkspace(replica.doc, 'Atelier', 2_000)
  await allStored(replica)
  await until(() => {
    expect(readWorkspaceName(other.doc)).toBe('Atelier')
  })
  expect(await listed()).toBe('Atelier')
})

it.each([
  ['the earlier one', 1_500, 2_000],
  ['the later one', 2_000, 1_500]
])('of two names given offline the later edit stands, where %s comes first', async (_which, a, b) => {
  const other = await join(workspaceId, cookie)
  const offline = [
    { by: replica, name: 'Of a', at: a },
    { by: other, name: 'Of b', at: b }
  ].map(({ by, name, at }) => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(by.doc))
    renameWorkspace(doc, name, at)
    return { by, update: encodeUpdate(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(by.doc))) }
  })
  for (const { by, update } of offline) by.sendRaw(update)
  const later = a > b ? 'Of a' : 'Of b'
  await vi.waitFor(async () => expect(await listed()).toBe(later), { timeout: 5_000 })
  expect(readWorkspaceName((await join(workspaceId, cookie)).doc)).toBe(later)
})

it('a viewer cannot rename it', async () => {
  const viewer = await addPerson(workspaceId, 'viewer')
  const theirs = await join(workspaceId, viewer.cookie)
  renameWorkspace(theirs.doc, 'Of a viewer', Date.now())
  await until(() => {
    expect(theirs.closed()?.code).toBe(CLOSE.notAMember)
  })
  expect(await listed()).toBe('Studio')
  expect(readWorkspaceName((await join(workspaceId, cookie)).doc)).toBe('Studio')
})

describe('an invalid name is put back with a notice to its author', () => {
  it.each<[string, Entry, string]>([
    ['empty', ['', 2_000], 'name-empty'],
    ['of two lines', ['My\nstudio', 2_000], 'name-control-character'],
    ['too long', ['x'.repeat(121), 2_000], 'name-too-long'],
    ['no text', [{ name: 'Studio' }, 2_000], 'name-not-a-text']
  ])('%s', async (_what, entry, code) => {
    replica.sendRaw(renamedByForce(entry))
    await until(() => {
      const notice = replica.heard.find(({ type }) => type === 'notice')
      expect(notice).toMatchObject({ code, root: 'workspace', field: 'name' })
    })
    expect(await listed()).toBe('Studio')
    expect(readWorkspaceName((await join(workspaceId, cookie)).doc)).toBe('Studio')
  })
})

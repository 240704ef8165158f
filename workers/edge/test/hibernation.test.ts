import { createRoom, editItem } from '@foyer/doc'
import { CLOSE, encodeMissing, encodeUpdate } from '@foyer/sync/protocol'
import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { addPerson, adoptWorkspace, signUp } from './account.ts'
import { allStored, join, nameOf } from './replica.ts'

let workspaceId: string
let cookie: string

beforeEach(async () => {
  ;({ cookie } = await signUp())
  workspaceId = await adoptWorkspace(cookie)
})

const until = (assertion: () => void) => vi.waitFor(assertion, { timeout: 10_000 })
const sleep = () => evictDurableObject(env.WORKSPACE_OBJECT.getByName(workspaceId))

describe('an object that hibernates with open sockets', () => {
  it('keeps counting and broadcasting', async () => {
    const one = await join(workspaceId, cookie)
    const other = await join(workspaceId, cookie)
    const id = createRoom(one.doc, { name: 'Before' }, 1)
    await allStored(one)
    for (const name of ['After', 'After that']) {
      await sleep()
      editItem(one.doc, { kind: 'room', id }, { name }, Date.now())
      await allStored(one) // S7: the total of the connection, not of the object's life
      await until(() => {
        expect(nameOf(other.doc, 'room', id)).toBe(name)
      })
    }
    await sleep()
    editItem(other.doc, { kind: 'room', id }, { name: 'By the other' }, Date.now())
    await until(() => {
      expect(nameOf(one.doc, 'room', id)).toBe('By the other')
    })
    expect(one.closed() ?? other.closed()).toBeNull()
  })

  it('keeps waiting for a full answer and counts the skipped updates (S7)', async () => {
    const device = await join(workspaceId, cookie)
    await allStored(device)
    const other = new Y.Doc()
    const updates: Uint8Array[] = []
    other.on('update', update => updates.push(update))
    const id = createRoom(other, { name: 'Before' }, 1)
    editItem(other, { kind: 'room', id }, { name: 'After' }, 2)
    editItem(other, { kind: 'room', id }, { name: 'After that' }, 3)
    device.isSilent = true
    const questions = () => device.heard.filter(({ type }) => type === 'state-vector').length
    const counted = device.acknowledged()

    device.sendRaw(encodeUpdate(updates[1]!)) // the one before it never came
    await until(() => {
      expect(questions()).toBe(2)
    })
    await sleep()
    device.sendRaw(encodeUpdate(updates[2]!))
    device.sendRaw(encodeMissing(Y.encodeStateAsUpdate(other)))
    await until(() => {
      expect(device.acknowledged()).toBe(counted + 3)
    })
    expect(questions()).toBe(2)
    expect(nameOf((await join(workspaceId, cookie)).doc, 'room', id)).toBe('After that')
  })

  it('remembers who has no write access', async () => {
    const viewer = await join(workspaceId, (await addPerson(workspaceId, 'viewer')).cookie)
    await sleep()
    const forged = new Y.Doc()
    createRoom(forged, { name: 'As a viewer' }, 1)
    viewer.sendRaw(encodeUpdate(Y.encodeStateAsUpdate(forged)))
    await until(() => {
      expect(viewer.closed()?.code).toBe(CLOSE.notAMember)
    })
  })

  it('remembers the owner of each Yjs client', async () => {
    const owner = await join(workspaceId, cookie)
    createRoom(owner.doc, { name: 'Mine' }, 1)
    await allStored(owner)
    const member = await join(workspaceId, (await addPerson(workspaceId, 'member')).cookie)
    await sleep()
    const forged = new Y.Doc()
    Y.applyUpdate(forged, Y.encodeStateAsUpdate(owner.doc))
    forged.clientID = owner.doc.clientID
    const before = Y.encodeStateVector(forged)
    createRoom(forged, { name: 'In their name' }, 1)
    member.sendRaw(encodeUpdate(Y.encodeStateAsUpdate(forged, before)))
    await until(() => {
      expect(member.closed()?.code).toBe(CLOSE.malformed)
    })
  })
})

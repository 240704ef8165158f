import { createRoom, readItems } from '@foyer/doc'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { DeviceStore } from '#lib/device/device-store.ts'
import { makeWorkspaceRecord, type WorkspaceRecord } from '#lib/device/workspace-record.ts'
import type { OpenWorkspace } from '#lib/workspace/open/open-workspace.svelte.ts'
import type { Companions } from './companions.ts'
import { replaceWorkspace } from './replace-workspace.ts'

const opened = (id: string) => ({
  id,
  doc: new Y.Doc(),
  whenLoaded: Promise.resolve(),
  usage: { pending: () => ({ room: 5 }), takePending: vi.fn() },
  flush: vi.fn(() => Promise.resolve(true)),
  close: vi.fn()
})

/** A device that has these workspaces, of which the first one is on the screen. */
const create = ({ records, moves = true }: { records: WorkspaceRecord[]; moves?: boolean }) => {
  const order: string[] = []
  const next = makeWorkspaceRecord()
  const before = opened(records[0]?.id ?? '')
  const shown = opened(next.id)
  const device = {
    readCopy: () => Promise.resolve({ copy: 0, carriesOver: false, before: null }),
    readAll: () => Promise.resolve(records.map(record => ({ record, unsynced: 0 }))),
    writeCurrent: ({ id }: WorkspaceRecord) => Promise.resolve(order.push(`write ${id}`)),
    forget: (id: string) => Promise.resolve(order.push(`forget ${id}`))
  }
  const companions: Companions = {
    carryOver: vi.fn(),
    move: () => Promise.resolve(moves),
    finishMoves: () => Promise.resolve(),
    forget: vi.fn(() => Promise.resolve())
  }
  const replace = (keepItems: boolean) =>
    replaceWorkspace(
      {
        device: device as unknown as DeviceStore,
        companions,
        show: () => shown as unknown as OpenWorkspace,
        onStored: () => order.push('told')
      },
      { before: before as unknown as OpenWorkspace, record: next, keepItems }
    )
  return { before, shown, next, companions, order, replace }
}

test('its items go along, and only the workspace that was shown is forgotten', async () => {
  const [own, other] = [makeWorkspaceRecord(), makeWorkspaceRecord()]
  const { before, shown, next, order, companions, replace } = create({ records: [own, other] })
  createRoom(before.doc, { name: 'Clients' }, 1)
  expect(await replace(true)).toBe(1)
  expect([...readItems(shown.doc, 'room')].map(({ name }) => name)).toEqual(['Clients'])
  expect(shown.usage.takePending).toHaveBeenCalledWith({ room: 5 })
  expect(companions.carryOver).toHaveBeenCalledWith(own.id, next.id)
  expect(order).toEqual([`write ${next.id}`, 'told', `forget ${own.id}`])
  expect(before.close).toHaveBeenCalledOnce()
})

test('nothing of any workspace stays on the device after signing out', async () => {
  const [own, other] = [makeWorkspaceRecord(), makeWorkspaceRecord()]
  const { before, shown, order, companions, replace } = create({ records: [own, other] })
  createRoom(before.doc, { name: 'Clients' }, 1)
  expect(await replace(false)).toBe(0)
  expect([...readItems(shown.doc, 'room')]).toEqual([])
  expect(companions.carryOver).not.toHaveBeenCalled()
  expect(order.slice(2)).toEqual([`forget ${own.id}`, `forget ${other.id}`])
})

test('what could not move yet is kept until it can', async () => {
  const own = makeWorkspaceRecord()
  const { companions, replace } = create({ records: [own], moves: false })
  await replace(true)
  expect(companions.forget).toHaveBeenCalledWith(own.id, { movesLater: true })
})

import * as doc from '@foyer/doc'
import type * as Y from 'yjs'
import type { DeviceStore } from '#lib/device/device-store.ts'
import type { WorkspaceRecord } from '#lib/device/workspace-record.ts'
import { ownTimeZone } from '#lib/intl/format-time.ts'
import type { OpenWorkspace } from '#lib/workspace/open/open-workspace.svelte.ts'
import type { Companions } from './companions.ts'

/** What replacing a workspace needs of the app. */
interface Host {
  device: DeviceStore
  companions: Companions
  /** Puts a copy of the new workspace on the screen. */
  show(copy: number): OpenWorkspace
  /** The device goes by the new workspace now. */
  onStored(): void
}

interface Replacement {
  /** The workspace on the screen. */
  before: OpenWorkspace | null
  record: WorkspaceRecord
  keepItems: boolean
}

/**
 * Shows another workspace instead of one, and deletes this device's copy of that one; of all others too where
 * its items are not kept. Rare: no part of Home's first load.
 * @returns how many items of the one before were copied into the new one
 */
export const replaceWorkspace = async (
  { device, companions, show, onStored }: Host,
  { before, record, keepItems }: Replacement
): Promise<number> => {
  const { copy } = await device.readCopy(record.id)
  if (keepItems && before !== null) companions.carryOver(before.id, record.id)
  const next = show(copy)
  await next.whenLoaded
  let copied = 0
  let movesLater = false
  if (keepItems && before !== null) {
    copied = copyItems(before.doc, next.doc)
    next.usage.takePending(before.usage.pending())
    movesLater = !(await companions.move(before.id, record.id))
    await next.flush()
  }
  await device.writeCurrent(record)
  onStored()
  if (before !== null && before.id !== record.id) before.close()
  for (const id of await goneWith(before, device, keepItems)) {
    if (id === record.id) continue
    await companions.forget(id, { movesLater })
    await device.forget(id)
  }
  return copied
}

/** Where nothing is to be kept, the device's other workspaces go too: they are the same person's. */
const goneWith = async (before: OpenWorkspace | null, device: DeviceStore, keepItems: boolean) => {
  const shown = before === null ? [] : [before.id]
  if (keepItems) return shown
  const all = await device.readAll()
  return new Set([...shown, ...all.map(({ record }) => record.id)])
}

/** What an earlier app wrote in a zone that is none goes along in one that the server takes. */
const copyItems = (from: Y.Doc, to: Y.Doc): number => {
  doc.mendZones(from, doc.itemRoot(from, 'webinar').keys(), ownTimeZone())
  return doc.copyItems(from, to)
}

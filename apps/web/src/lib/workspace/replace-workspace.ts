import * as doc from '@foyer/doc'
import type * as Y from 'yjs'
import type { DeviceStore } from '#lib/device/device-store.ts'
import type { WorkspaceRecord } from '#lib/device/workspace-record.ts'
import { ownTimeZone } from '#lib/intl/format-time.ts'
import type { OpenWorkspace } from '#lib/workspace/open/open-workspace.svelte.ts'
import type { Companions } from './companions.ts'

/** The parts of the app that replacing a workspace uses. */
interface Host {
  device: DeviceStore
  companions: Companions
  /** Opens and shows a copy of the new workspace. */
  show: (copy: number) => OpenWorkspace
  /** The new workspace is stored as the current one. */
  onStored: () => void
}

interface Replacement {
  /** The workspace being replaced. */
  before: OpenWorkspace | null
  record: WorkspaceRecord
  keepItems: boolean
}

/**
 * Replaces the current workspace and deletes its copy from this device.
 * Without `keepItems`, deletes all other workspaces too. Loaded on demand.
 * @returns the number of items copied into the new workspace
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
  for (const id of await workspacesToDelete(before, device, keepItems)) {
    if (id === record.id) continue
    await companions.forget(id, { movesLater })
    await device.forget(id)
  }
  return copied
}

/** The workspaces to delete: all without `keepItems`, as they belong to the same person. */
const workspacesToDelete = async (before: OpenWorkspace | null, device: DeviceStore, keepItems: boolean) => {
  const shown = before === null ? [] : [before.id]
  if (keepItems) return shown
  const all = await device.readAll()
  return new Set([...shown, ...all.map(({ record }) => record.id)])
}

/** Copies items, replacing invalid time zones written by older versions. */
const copyItems = (from: Y.Doc, to: Y.Doc): number => {
  doc.mendZones(from, doc.itemRoot(from, 'webinar').keys(), ownTimeZone())
  return doc.copyItems(from, to)
}

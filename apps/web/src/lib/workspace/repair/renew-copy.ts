import { can } from '@foyer/access'
import { carryOver, DOCUMENT_ROOTS, isNewerThanApp, parseEntry, readItem, type Edit } from '@foyer/doc'
import { CLOSE, unsyncedValues, type StateVector, type SyncClient } from '@foyer/sync'
import * as Y from 'yjs'
import { logName, type CopyRecord } from '#lib/device/copy-record.ts'
import type { DeviceStore } from '#lib/device/device-store.ts'
import { createDocumentStore } from '#lib/device/document-store.ts'
import { m } from '#lib/paraglide/messages.js'
import type { OpenWorkspace } from '#lib/workspace/open/open-workspace.svelte.ts'
import type { RenewalReason } from '#lib/workspace/refusals/refusal-table.ts'
import { editWords, refusalWords } from '#lib/workspace/refusals/refusal-words.ts'

/** Rarely needed: loaded on demand, to keep Home's first load small. */

/** The parts of the app that a renewal uses. */
export interface RenewalHost {
  device: DeviceStore
  /** Opens a copy of the workspace beside the current one. */
  open(copy: number): OpenWorkspace
  /** Replaces the current copy. */
  show(next: OpenWorkspace): void
  /** Is it still the current copy? */
  isCurrent(workspace: OpenWorkspace): boolean
  /** Switches to the copy that another tab has renewed. */
  follow(): Promise<void>
}

interface Plan {
  reason: RenewalReason
  /** Whether unsynced edits are retried in the new copy. */
  carriesOver: boolean
}

type Refused = Pick<SyncClient, 'closeCode' | 'closeNotice'>

/**
 * Decides how to recover from a permanently refused connection.
 * @param renewals consecutive renewals without getting in sync. The first retries all unsynced
 * edits, the second none, and there is no third: no endless loop.
 * @returns null if only the person can do something
 */
export const planRenewal = ({ closeCode, closeNotice }: Refused, renewals: number): Plan | null => {
  if (closeCode === CLOSE.otherGeneration) return { reason: 'restored', carriesOver: true }
  if (renewals > 1) return null
  const carriesOver = renewals === 0
  if (closeCode === CLOSE.malformed) return { reason: 'repair', carriesOver }
  if (closeCode === CLOSE.tooLarge) return { reason: 'full', carriesOver }
  // Without the notice it means "not a member": there is nothing to download.
  if (closeCode === CLOSE.notAMember && closeNotice?.code === 'read-only') {
    return { reason: 'read-only', carriesOver: false }
  }
  return null
}

/**
 * Replaces a copy that the server refuses. A new empty document with its own log syncs beside it
 * and gets the old one's unsynced edits. Once stored, it replaces the old one. If interrupted
 * anywhere, the next open starts over or continues; nothing is lost.
 */
export const renewCopy = async (host: RenewalHost, old: OpenWorkspace): Promise<void> => {
  const client = old.sync?.current
  const plan = client === undefined ? null : planRenewal(client, old.facts.renewals)
  if (plan === null) return
  await alone(old.id, async () => {
    if (!host.isCurrent(old)) return
    const { copy } = await host.device.readCopy(old.id)
    if (copy === old.copy) await renew(host, old, plan)
    else await host.follow()
  })
}

const renew = async (host: RenewalHost, old: OpenWorkspace, { reason, carriesOver }: Plan): Promise<void> => {
  const { device } = host
  const copy = old.copy + 1
  await device.dropLog(old.id, copy) // left over from an interrupted renewal
  const next = host.open(copy)
  next.connect()
  const synced = await next.whenSynced()
  const nextClient = next.sync?.current
  if (!synced || !host.isCurrent(old) || isNewerThanApp(next.doc)) {
    const closeCode = nextClient?.closeCode ?? null
    next.close()
    await device.dropLog(old.id, copy)
    if (!host.isCurrent(old)) return
    // Even an empty document is refused: another try would fail the same way.
    if (closeCode === CLOSE.malformed || closeCode === CLOSE.tooLarge) old.note({ renewals: 2 })
    else old.connect() // which reports the reason
    return
  }

  const role = nextClient?.role ?? null
  const mayWrite = carriesOver && (role === null || can(role, 'edit-items'))
  const unsynced = unsyncedEdits(old.doc, old.facts.stored)
  const { kept, left } = mayWrite ? carryOver(unsynced, next.doc) : { kept: [], left: unsynced }
  next.note({
    renewals: kept.length > 0 && reason !== 'restored' ? old.facts.renewals + 1 : 0,
    notes: [...old.notes, renewalWords(reason, kept, left, old.doc)]
  })
  const isStored =
    (await next.flush()) &&
    (await device.writeCopy(old.id, { copy, carriesOver: mayWrite, before: old.copy }))
  if (!host.isCurrent(old)) {
    next.close()
    return
  }
  // Edits made in the old copy meanwhile.
  if (mayWrite) carryOverUnsynced(old, next.doc)
  host.show(next)
  old.close()
  if (isStored) await dropBefore(device, old.id, { copy, carriesOver: mayWrite, before: old.copy })
}

/**
 * Completes a renewal that was interrupted after the switch: the old copy may have edits that were
 * not carried over yet.
 */
export const finishRenewal = async (
  device: DeviceStore,
  workspace: OpenWorkspace,
  { before, carriesOver }: CopyRecord
): Promise<void> => {
  await alone(workspace.id, async () => {
    if (before === null) return
    if (carriesOver) {
      const doc = new Y.Doc()
      const trouble: unknown[] = []
      const store = createDocumentStore({
        name: logName(workspace.id, before),
        doc,
        onTrouble: error => trouble.push(error),
        onRecovered: () => undefined
      })
      await store.whenLoaded
      carryOverUnsynced({ doc, facts: store.facts }, workspace.doc)
      store.close()
      if (trouble.length > 0 || !(await workspace.flush())) return // at the next open
    }
    await dropBefore(device, workspace.id, { copy: workspace.copy, carriesOver, before })
  })
}

const dropBefore = async (device: DeviceStore, id: string, record: CopyRecord): Promise<void> => {
  if (record.before === null || !(await device.dropLog(id, record.before))) return
  await device.writeCopy(id, { ...record, before: null })
}

/** Carries over a copy's unsynced edits. */
export const carryOverUnsynced = (old: Pick<OpenWorkspace, 'doc' | 'facts'>, doc: Y.Doc) =>
  carryOver(unsyncedEdits(old.doc, old.facts.stored), doc)

/** The latest edit of each field that the server is not known to have stored. */
export const unsyncedEdits = (doc: Y.Doc, stored: StateVector): Edit[] => {
  const latest = new Map<string, Edit>()
  for (const root of DOCUMENT_ROOTS) {
    for (const { key, value } of unsyncedValues(doc.getMap(root), stored)) {
      const place = `${root}/${key}`
      const edit = { root, key, entry: value }
      const other = latest.get(place)
      if (other === undefined || editedAt(edit) >= editedAt(other)) latest.set(place, edit)
    }
  }
  return [...latest.values()]
}

const editedAt = ({ entry }: Edit): number => parseEntry(entry)?.[1] ?? 0

const renewalWords = (reason: Plan['reason'], kept: Edit[], left: Edit[], old: Y.Doc): string => {
  const nameOf = (ref: Parameters<typeof readItem>[1]) => readItem(old, ref)?.name
  return [
    refusalWords({ code: `renewed-${reason}` }, nameOf) ?? '',
    kept.length > 0 ? m.shell_renewed_kept() : '',
    left.length > 0 ? m.shell_renewed_not_kept({ edits: editWords(left, nameOf) }) : ''
  ]
    .filter(words => words !== '')
    .join(' ')
}

/**
 * Runs in one tab at a time; the others wait and then follow. Without locks (insecure context,
 * storage denied) it runs anyway: without storage, each tab has its own copy.
 */
const alone = async (workspaceId: string, work: () => Promise<void>): Promise<void> => {
  const locks = navigator.locks as LockManager | undefined
  let begun: Promise<void> | undefined
  const begin = () => (begun ??= work())
  try {
    await locks?.request(`foyer-renew-${workspaceId}`, begin)
  } catch {
    // Locks were denied before `work` started.
  }
  await begin()
}

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

/** Loaded only when a copy has to be renewed, which is rare: no part of Home's first load. */

/** What a renewal needs of the app. */
export interface RenewalHost {
  device: DeviceStore
  /** Opens a copy of the workspace beside the one on the screen. */
  open(copy: number): OpenWorkspace
  /** Puts a copy on the screen, in place of the one that is there. */
  show(next: OpenWorkspace): void
  /** Is this still what is on the screen? */
  isCurrent(workspace: OpenWorkspace): boolean
  /** Another tab has renewed the copy: this one shows the same. */
  follow(): Promise<void>
}

interface Plan {
  reason: RenewalReason
  /** Whether what is unsynced is tried again in the new copy. */
  carriesOver: boolean
}

type Refused = Pick<SyncClient, 'closeCode' | 'closeNotice'>

/**
 * What is to be done about a connection that the server ended for good; null: nothing, a person has to act.
 * @param renewals how often in a row the copy was renewed without coming in sync: first all that is unsynced is
 * tried again, then nothing of it, and then no more. Nothing goes round in circles.
 */
export const planRenewal = ({ closeCode, closeNotice }: Refused, renewals: number): Plan | null => {
  if (closeCode === CLOSE.otherGeneration) return { reason: 'restored', carriesOver: true }
  if (renewals > 1) return null
  const carriesOver = renewals === 0
  if (closeCode === CLOSE.malformed) return { reason: 'repair', carriesOver }
  if (closeCode === CLOSE.tooLarge) return { reason: 'full', carriesOver }
  // The code alone says "not a member": then there is nothing to fetch anew.
  if (closeCode === CLOSE.notAMember && closeNotice?.code === 'read-only') {
    return { reason: 'read-only', carriesOver: false }
  }
  return null
}

/**
 * Puts a new copy of the document in place of one that the server takes nothing more of: a new empty document
 * with a log of its own is synced beside it, gets what is unsynced in the old one, and only when it is stored does
 * it take the old one's place. Broken off anywhere, the next open begins again or goes on; nothing is lost.
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
  await device.dropLog(old.id, copy) // what a renewal that was broken off has left
  const next = host.open(copy)
  next.connect()
  const synced = await next.whenSynced()
  const nextClient = next.sync?.current
  if (!synced || !host.isCurrent(old) || isNewerThanApp(next.doc)) {
    const closeCode = nextClient?.closeCode ?? null
    next.close()
    await device.dropLog(old.id, copy)
    if (!host.isCurrent(old)) return
    // An empty document is not taken either: another try would end the same way.
    if (closeCode === CLOSE.malformed || closeCode === CLOSE.tooLarge) old.note({ renewals: 2 })
    else old.connect() // which says why
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
  // What was changed meanwhile, still in the old one.
  if (mayWrite) carryOverUnsynced(old, next.doc)
  host.show(next)
  old.close()
  if (isStored) await dropBefore(device, old.id, { copy, carriesOver: mayWrite, before: old.copy })
}

/**
 * Finishes a renewal that was broken off after the new copy took its place: the old one may hold changes
 * that had not been carried over yet.
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

/** Carries over what is unsynced in a copy, or was changed in it since. */
export const carryOverUnsynced = (old: Pick<OpenWorkspace, 'doc' | 'facts'>, doc: Y.Doc) =>
  carryOver(unsyncedEdits(old.doc, old.facts.stored), doc)

/** What this device wrote and the server is not known to have: of each field the latest edit. */
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
 * One tab renews; the others wait, and then show what it made. Without locks (no secure context, or storage is refused)
 * it is done all the same: where storage is refused, each tab has a copy of its own.
 */
const alone = async (workspaceId: string, work: () => Promise<void>): Promise<void> => {
  const locks = navigator.locks as LockManager | undefined
  let begun: Promise<void> | undefined
  const begin = () => (begun ??= work())
  try {
    await locks?.request(`foyer-renew-${workspaceId}`, begin)
  } catch {
    // Refused: it has not begun.
  }
  await begin()
}

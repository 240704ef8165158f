import type { SyncClient } from '@foyer/sync'
import type { WorkspaceRecord } from '#lib/device/workspace-record.ts'
import { m } from '#lib/paraglide/messages.js'

/** The sync status's text and link. */
export interface SyncState {
  text: string
  tone: 'calm' | 'busy' | 'good' | 'warn'
  link?: { path: 'sign-in' | 'sign-up'; text: string }
}

const syncing = (): SyncState => ({ text: m.shell_sync_syncing(), tone: 'busy' })
export const trouble = (text: string): SyncState => ({ text, tone: 'warn' })

/** Returns the state of a connection that the server refused permanently. */
export type RefusedState = (sync: Pick<SyncClient, 'closeCode' | 'closeNotice'>) => SyncState

/**
 * @param online whether the browser reports a network
 * @param isStored whether changes are saved on this device
 * @param refusedState null until the sync client is loaded
 */
export const syncState = (
  record: Pick<WorkspaceRecord, 'account' | 'adopted'>,
  sync: Pick<SyncClient, 'status' | 'closeCode' | 'closeNotice'> | null,
  online: boolean,
  isStored: boolean,
  refusedState: RefusedState | null
): SyncState => {
  if (record.account === null) {
    const link = { path: 'sign-up', text: m.shell_sync_sign_up() } as const
    return isStored
      ? { text: m.shell_sync_device_only(), tone: 'calm', link }
      : { ...trouble(m.shell_sync_not_on_device()), link }
  }
  const offline = (): SyncState =>
    isStored ? { text: m.shell_sync_offline(), tone: 'calm' } : trouble(m.shell_sync_offline_not_on_device())
  if (sync === null) return online ? syncing() : offline()
  switch (sync.status) {
    case 'synced':
      return { text: m.shell_sync_synced(), tone: 'good' }
    case 'connecting':
    case 'syncing':
      return online ? syncing() : offline()
    case 'offline':
      return offline()
    case 'refused':
      return refusedState === null ? offline() : refusedState(sync)
  }
}

import type { SyncClient } from '@foyer/sync'
import { CLOSE } from '@foyer/sync'
import type { WorkspaceRecord } from '#lib/device/workspace-record.ts'

/** What the status line says, and where it leads. */
export interface SyncLine {
  text: string
  tone: 'calm' | 'busy' | 'good' | 'warn'
  link?: { path: 'sign-in' | 'sign-up'; text: string }
}

const OFFLINE: SyncLine = { text: 'Offline · saved on this device', tone: 'calm' }

/** @param online what the browser says of the network */
export const syncLine = (
  record: Pick<WorkspaceRecord, 'account' | 'adopted'>,
  sync: Pick<SyncClient, 'status' | 'closeCode' | 'notice'> | null,
  online: boolean
): SyncLine => {
  if (record.account === null) {
    return { text: 'Saved on this device', tone: 'calm', link: { path: 'sign-up', text: 'Sign up to sync' } }
  }
  if (sync === null) return online ? { text: 'Syncing…', tone: 'busy' } : OFFLINE
  switch (sync.status) {
    case 'synced':
      return { text: 'All changes synced', tone: 'good' }
    case 'connecting':
    case 'syncing':
      return online ? { text: 'Syncing…', tone: 'busy' } : OFFLINE
    case 'offline':
      return OFFLINE
    case 'refused':
      return refusedLine(sync)
  }
}

const refusedLine = ({ closeCode, notice }: Pick<SyncClient, 'closeCode' | 'notice'>): SyncLine => {
  switch (closeCode) {
    case CLOSE.signedOut:
      return {
        text: 'Signed out · sign in to sync',
        tone: 'warn',
        link: { path: 'sign-in', text: 'Sign in' }
      }
    case CLOSE.notAMember:
      return { text: 'You are no longer a member · saved on this device', tone: 'warn' }
    case CLOSE.appTooOld:
      return { text: 'Reload to sync: this version is too old', tone: 'warn' }
    default:
      return { text: notice?.message ?? 'Not synced · saved on this device', tone: 'warn' }
  }
}

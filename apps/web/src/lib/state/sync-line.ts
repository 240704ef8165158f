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

const NOT_SYNCED: SyncLine = { text: 'Not synced · saved on this device', tone: 'warn' }

/** @param online what the browser says of the network */
export const syncLine = (
  record: Pick<WorkspaceRecord, 'account' | 'adopted'>,
  sync: Pick<SyncClient, 'status' | 'closeCode' | 'closeNotice'> | null,
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

const refusedLine = ({ closeCode, closeNotice }: Pick<SyncClient, 'closeCode' | 'closeNotice'>): SyncLine => {
  switch (closeCode) {
    case CLOSE.signedOut:
      return {
        text: 'Signed out · sign in to sync',
        tone: 'warn',
        link: { path: 'sign-in', text: 'Sign in' }
      }
    case CLOSE.notAMember:
      if (closeNotice?.code === 'read-only') return NOT_SYNCED
      return { text: 'You are no longer a member · saved on this device', tone: 'warn' }
    case CLOSE.appTooOld:
      return { text: 'Reload to update · saved on this device', tone: 'warn' }
    case CLOSE.tooLarge:
      return { text: 'This workspace is full · saved on this device', tone: 'warn' }
    default:
      return NOT_SYNCED
  }
}

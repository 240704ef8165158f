import type { SyncClient } from '@foyer/sync'
import { CLOSE } from '@foyer/sync'
import type { WorkspaceRecord } from '#lib/device/workspace-record.ts'
import { m } from '#lib/paraglide/messages.js'

/** What the status line says, and where it leads. */
export interface SyncLine {
  text: string
  tone: 'calm' | 'busy' | 'good' | 'warn'
  link?: { path: 'sign-in' | 'sign-up'; text: string }
}

const syncing = (): SyncLine => ({ text: m.shell_sync_syncing(), tone: 'busy' })
const trouble = (text: string): SyncLine => ({ text, tone: 'warn' })

/**
 * @param online what the browser says of the network
 * @param isStored changes are being saved on this device
 */
export const syncLine = (
  record: Pick<WorkspaceRecord, 'account' | 'adopted'>,
  sync: Pick<SyncClient, 'status' | 'closeCode' | 'closeNotice'> | null,
  online: boolean,
  isStored: boolean
): SyncLine => {
  if (record.account === null) {
    const link = { path: 'sign-up', text: m.shell_sync_sign_up() } as const
    return isStored
      ? { text: m.shell_sync_device_only(), tone: 'calm', link }
      : { ...trouble(m.shell_sync_not_on_device()), link }
  }
  const offline = (): SyncLine =>
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
      return refusedLine(sync)
  }
}

const refusedLine = ({ closeCode, closeNotice }: Pick<SyncClient, 'closeCode' | 'closeNotice'>): SyncLine => {
  switch (closeCode) {
    case CLOSE.signedOut: {
      const link = { path: 'sign-in', text: m.account_sign_in() } as const
      return { ...trouble(m.shell_sync_signed_out()), link }
    }
    case CLOSE.notAMember:
      if (closeNotice?.code === 'read-only') return trouble(m.shell_sync_not_synced())
      return trouble(m.shell_sync_not_a_member())
    case CLOSE.appTooOld:
      return trouble(m.shell_sync_too_old())
    case CLOSE.tooLarge:
      return trouble(m.shell_sync_full())
    default:
      return trouble(m.shell_sync_not_synced())
  }
}

import { CLOSE } from '@foyer/sync'
import { m } from '#lib/paraglide/messages.js'
import { trouble, type RefusedState } from './sync-state.ts'

export const refusedState: RefusedState = ({ closeCode, closeNotice }) => {
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

import type { Access } from '@foyer/doc'
import { m } from '#lib/paraglide/messages.js'
import type { IconName } from '#lib/ui/icons.ts'

const LINES: Record<Access, { text: () => string; icon: IconName }> = {
  open: { text: m.guest_access_open, icon: 'enter' },
  ask: { text: m.guest_access_ask, icon: 'person' },
  team: { text: m.guest_access_team, icon: 'key' }
}

/** Tells guests how they get in. */
export const accessLine = (access: Access): { text: string; icon: IconName } => {
  const { text, icon } = LINES[access]
  return { text: text(), icon }
}

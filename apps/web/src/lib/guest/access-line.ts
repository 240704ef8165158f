import type { Access } from '@foyer/doc'
import { m } from '#lib/paraglide/messages.js'

const LINES: Record<Access, () => string> = {
  open: m.guest_access_open,
  ask: m.guest_access_ask,
  team: m.guest_access_team
}

/** What a guest has to expect at the door. */
export const accessLine = (access: Access): string => LINES[access]()

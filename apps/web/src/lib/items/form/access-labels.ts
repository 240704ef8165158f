import type { Access } from '@foyer/doc'
import { m } from '#lib/paraglide/messages.js'

/** Who can join, in the person's words. */
export const accessLabel = (access: Access): string =>
  ({ open: m.items_access_open, ask: m.items_access_ask, team: m.items_access_team })[access]()

/** What that means for those who come. */
export const accessHint = (access: Access): string =>
  ({ open: m.items_access_open_hint, ask: m.items_access_ask_hint, team: m.items_access_team_hint })[access]()

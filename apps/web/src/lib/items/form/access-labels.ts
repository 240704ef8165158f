import type { Access } from '@foyer/doc'
import { m } from '#lib/paraglide/messages.js'

/** Label of an access mode. */
export const accessLabel = (access: Access): string =>
  ({ open: m.items_access_open, ask: m.items_access_ask, team: m.items_access_team })[access]()

/** Explains what an access mode means for guests. */
export const accessHint = (access: Access): string =>
  ({ open: m.items_access_open_hint, ask: m.items_access_ask_hint, team: m.items_access_team_hint })[access]()

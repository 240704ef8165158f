import { m } from '#lib/paraglide/messages.js'
import type { UpdateAnswer } from './app-update.svelte.ts'

const WORDS = {
  found: m.shell_update_ready,
  newest: m.shell_app_newest,
  unreachable: m.shell_app_unreachable
}

/** Describes the result of checking for a new version. */
export const updateText = (answer: UpdateAnswer): string => WORDS[answer]()

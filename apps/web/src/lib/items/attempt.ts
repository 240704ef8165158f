import { InvalidValueError } from '@foyer/doc'
import type * as Y from 'yjs'
import type { Foyer } from '#lib/workspace/workspaces.svelte.ts'
import { refusalText } from './refusal.ts'

/**
 * Changes the workspace on the screen. A refusal is said as a message: another device may have been quicker.
 * @returns what `change` returns, or null where nothing was changed
 */
export const attempt = <T>(foyer: Foyer, change: (doc: Y.Doc, now: number) => T): T | null => {
  if (foyer.workspace === null) return null
  try {
    return change(foyer.workspace.doc, foyer.clock.now())
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    foyer.messages.say(refusalText(error))
    return null
  }
}

import type * as Y from 'yjs'
import type { Toasts } from '#lib/ui/toasts.svelte.ts'
import { refusalText } from '#lib/workspace/refusals/refusal-text.ts'
import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'

/**
 * Edits the workspace on the screen. A refusal is shown: another device may have been quicker.
 * @returns what `change` returns, or null where nothing was changed
 */
export const tryEdit = <T>(
  workspaces: Workspaces,
  toasts: Toasts,
  change: (doc: Y.Doc, now: number) => T
): T | null =>
  workspaces.edit(change, error => {
    toasts.say(refusalText(error))
  })

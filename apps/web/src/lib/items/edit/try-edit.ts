import type * as Y from 'yjs'
import type { Toasts } from '#lib/ui/toasts.svelte.ts'
import { refusalText } from '#lib/workspace/refusals/refusal-text.ts'
import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'

/**
 * Edits the current workspace and shows a refusal as a toast: another device may have been faster.
 * @returns the result of `change`; null if nothing was changed
 */
export const tryEdit = <T>(
  workspaces: Workspaces,
  toasts: Toasts,
  change: (doc: Y.Doc, now: number) => T
): T | null =>
  workspaces.edit(change, error => {
    toasts.say(refusalText(error))
  })

import { tick, untrack } from 'svelte'
import { on } from 'svelte/events'
import { restoreFocus } from './restore-focus.ts'
import { isComposing } from './keys.ts'
import { onOutsidePress } from './outside-press.ts'

/**
 * Attachment for a `<dialog>`: shows it as a modal while mounted, then restores the focus.
 * @param dismiss called synchronously on Escape or an outside press; must unmount the dialog.
 * The browser's close event is a separate task: on a busy page it could close the next dialog.
 */
export const modal = (dismiss: () => void) => (dialog: HTMLDialogElement) => {
  const opener = document.activeElement
  untrack(() => {
    dialog.showModal() // blur handlers may write state
  })
  // Some browsers cancel a dialog on the Escape that ends a composition.
  let composes = false
  const onKey = (event: KeyboardEvent) => {
    composes = event.type === 'keydown' && isComposing(event)
  }
  const cleanups = [
    ...(['keydown', 'keyup'] as const).map(type => on(dialog, type, onKey, { capture: true })),
    on(dialog, 'cancel', event => {
      if (event.target !== dialog) return // from a file input
      event.preventDefault()
      if (!composes) dismiss()
    }),
    // For closes that cannot be cancelled, such as a second Escape.
    on(dialog, 'close', dismiss)
  ]
  if (dialog.getAttribute('closedby') === 'any' && !('closedBy' in dialog)) {
    cleanups.push(onOutsidePress(dialog, dismiss))
  }
  return () => {
    for (const cleanup of cleanups) cleanup()
    void tick().then(() => {
      restoreFocus(opener)
    })
  }
}

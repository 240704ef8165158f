import { tick, untrack } from 'svelte'
import { on } from 'svelte/events'
import { restoreFocus } from './restore-focus.ts'
import { isComposing } from './keys.ts'
import { onOutsidePress } from './outside-press.ts'

/**
 * Attach to a `<dialog>`: shows it over the page for as long as it is there, and gives the focus back after that.
 * @param dismiss called at once when the person wants it gone (Escape, a press beside it): the page's state takes it
 * away. The browser's own event for a closed dialog is a task of its own, which on a busy page comes so late that it
 * would close what was opened next.
 */
export const modal = (dismiss: () => void) => (dialog: HTMLDialogElement) => {
  const opener = document.activeElement
  untrack(() => {
    dialog.showModal() // what a field writes as it loses the focus is not followed
  })
  // Some browsers cancel a dialog by the Escape that ends a composition in it.
  let composes = false
  const onKey = (event: KeyboardEvent) => {
    composes = event.type === 'keydown' && isComposing(event)
  }
  const ends = [
    ...(['keydown', 'keyup'] as const).map(type => on(dialog, type, onKey, { capture: true })),
    on(dialog, 'cancel', event => {
      if (event.target !== dialog) return // a file that was not chosen
      event.preventDefault()
      if (!composes) dismiss()
    }),
    // Where a browser does not let itself be asked first, as at a second Escape.
    on(dialog, 'close', dismiss)
  ]
  if (dialog.getAttribute('closedby') === 'any' && !('closedBy' in dialog)) {
    ends.push(onOutsidePress(dialog, dismiss))
  }
  return () => {
    for (const end of ends) end()
    void tick().then(() => {
      restoreFocus(opener)
    })
  }
}

import { on } from 'svelte/events'

/**
 * Attach to a `<dialog>`: tells at once that the person wants it gone (Escape, a press beside it), and leaves it to the
 * page's state to take it away. The browser's own event for a closed dialog is a task of its own: on a busy page it
 * comes so late that it would close what was opened next.
 */
export const whenDismissed = (tell: () => void) => (dialog: HTMLDialogElement) => {
  const ends = [
    on(dialog, 'cancel', event => {
      if (event.target !== dialog) return // a file that was not chosen
      event.preventDefault()
      tell()
    }),
    // Where a browser does not let itself be asked first, as at a second Escape.
    on(dialog, 'close', tell)
  ]
  return () => {
    for (const end of ends) end()
  }
}

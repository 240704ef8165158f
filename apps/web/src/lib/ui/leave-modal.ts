import { flushSync } from 'svelte'
import { on } from 'svelte/events'
import { keys } from './keys.ts'

/** Pages that are not looked at have no paints. */
const MOST_MS = 100

/**
 * Takes a modal dialog off the screen at once, and closes it after the next paint. As a modal dialog goes, the browser
 * works out the style of the whole page anew: the person need not wait for that to see what they saved.
 * @param content what is in the dialog
 * @param close takes the dialog out of the page
 */
export const leaveModal = (content: Element, close: () => void): void => {
  const dialog = content.closest('dialog')
  if (dialog !== null) dialog.style.display = 'none'
  let closed = false
  const finish = () => {
    if (closed) return
    closed = true
    endKeys()
    clearTimeout(timer)
    flushSync(close)
  }
  // A key that comes before is not the dialog's any more.
  const endKeys = on(window, 'keydown', keys(finish), { capture: true })
  const timer = setTimeout(finish, MOST_MS)
  requestAnimationFrame(() => setTimeout(finish))
}

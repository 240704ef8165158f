import { flushSync } from 'svelte'
import { on } from 'svelte/events'
import { keys } from './keys.ts'

/** Hidden pages are not painted. */
const MAX_WAIT_MS = 100

/**
 * Hides a modal dialog at once and closes it after the next paint.
 * Closing a modal makes the browser recalculate the style of the whole page, which is slow.
 * @param content an element in the dialog
 * @param close removes the dialog from the page
 */
export const closeAfterPaint = (content: Element, close: () => void): void => {
  const dialog = content.closest('dialog')
  if (dialog !== null) dialog.style.display = 'none'
  let closed = false
  const finish = () => {
    if (closed) return
    closed = true
    offKeydown()
    clearTimeout(timer)
    flushSync(close)
  }
  // A key pressed before the paint is not meant for the dialog.
  const offKeydown = on(window, 'keydown', keys(finish), { capture: true })
  const timer = setTimeout(finish, MAX_WAIT_MS)
  requestAnimationFrame(() => setTimeout(finish))
}

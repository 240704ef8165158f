/**
 * Returns the focus to the element that opened a dialog.
 * If that was rendered again, an element with the same label gets it; if it is gone, `main` does.
 */
export const restoreFocus = (opener: Element | null): void => {
  const { activeElement } = document
  if (activeElement !== null && activeElement !== document.body) return
  const label = opener?.getAttribute('aria-label')
  const sameLabel = label == null ? null : document.querySelector(`[aria-label="${CSS.escape(label)}"]`)
  const target = opener?.isConnected === true ? opener : (sameLabel ?? document.querySelector('main'))
  if (target instanceof HTMLElement) target.focus({ preventScroll: target.localName === 'main' })
}

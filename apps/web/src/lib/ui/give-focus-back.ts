/**
 * After a dialog is gone the focus goes to what opened it. Where that was made anew meanwhile it goes to what bears
 * the same name now, and where that is gone, to the page's content.
 */
export const giveFocusBack = (opener: Element | null): void => {
  const { activeElement } = document
  if (activeElement !== null && activeElement !== document.body) return
  const label = opener?.getAttribute('aria-label')
  const again = label == null ? null : document.querySelector(`[aria-label="${CSS.escape(label)}"]`)
  const next = opener?.isConnected === true ? opener : (again ?? document.querySelector('main'))
  if (next instanceof HTMLElement) next.focus({ preventScroll: next.localName === 'main' })
}

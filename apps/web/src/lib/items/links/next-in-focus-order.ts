import { tick } from 'svelte'
import { on } from 'svelte/events'
import { keys } from '#lib/ui/keys.ts'

/**
 * For content that appears without taking the focus: the next Tab leads to its first control.
 * Shift+Tab from there, and Escape, return to where the focus was.
 */
export const nextInFocusOrder = (close: () => void) => (node: HTMLElement) => {
  let before: HTMLElement | null = null
  const first = () => node.querySelector<HTMLElement>('button, a[href]')
  const goBack = () => (before?.isConnected === true ? before : document.querySelector('main'))?.focus()

  const onBefore = (event: KeyboardEvent) => {
    if (event.key !== 'Tab' || event.shiftKey || event.defaultPrevented) return
    event.preventDefault()
    first()?.focus()
  }
  const onInside = (event: KeyboardEvent) => {
    const isBack = event.key === 'Tab' && event.shiftKey && document.activeElement === first()
    if (event.key !== 'Escape' && !isBack) return
    event.preventDefault()
    goBack()
    if (event.key === 'Escape') close()
  }

  const cleanups = [on(node, 'keydown', keys(onInside))]
  // After a dialog that closes at the same time has restored the focus.
  void tick().then(() => {
    const { activeElement } = document
    if (!node.isConnected || !(activeElement instanceof HTMLElement)) return
    if (activeElement === document.body || node.contains(activeElement)) return
    before = activeElement
    cleanups.push(on(before, 'keydown', keys(onBefore)))
  })
  return () => {
    for (const cleanup of cleanups) cleanup()
    // Closed by its own button: do not lose the focus with it.
    if (node.contains(document.activeElement)) goBack()
  }
}

import { tick } from 'svelte'
import { on } from 'svelte/events'
import { keys } from '#lib/ui/keys.ts'

/**
 * For something that comes unasked: it leaves the focus where it is, and is the next that Tab reaches from there.
 * Back from its first control, and with Escape, the focus is where it was.
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

  const ends = [on(node, 'keydown', keys(onInside))]
  // A dialog that goes in the same moment gives the focus back first.
  void tick().then(() => {
    const { activeElement } = document
    if (!node.isConnected || !(activeElement instanceof HTMLElement)) return
    if (activeElement === document.body || node.contains(activeElement)) return
    before = activeElement
    ends.push(on(before, 'keydown', keys(onBefore)))
  })
  return () => {
    for (const end of ends) end()
    // Closed by its own button: that has gone, and must not take the focus with it.
    if (node.contains(document.activeElement)) goBack()
  }
}

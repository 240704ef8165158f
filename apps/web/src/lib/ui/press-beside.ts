import { on } from 'svelte/events'

/**
 * Calls back for a press that begins and ends beside a modal dialog: what `closedby="any"` does, for browsers without it.
 * @returns what ends it
 */
export const onPressBeside = (dialog: HTMLDialogElement, callback: () => void): (() => void) => {
  // A press on the backdrop is one on the dialog itself, outside of its edges.
  const isBeside = ({ target, clientX: x, clientY: y }: MouseEvent) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect()
    return target === dialog && (x < left || x > right || y < top || y > bottom)
  }
  let began = false
  const ends = [
    on(dialog, 'pointerdown', event => {
      began = isBeside(event)
    }),
    on(dialog, 'click', event => {
      if (began && isBeside(event)) callback()
    })
  ]
  return () => {
    for (const end of ends) end()
  }
}

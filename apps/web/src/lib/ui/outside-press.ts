import { on } from 'svelte/events'

/**
 * Polyfills `closedby="any"`: calls back for a press that starts and ends outside a modal dialog.
 * @returns removes the listeners
 */
export const onOutsidePress = (dialog: HTMLDialogElement, callback: () => void): (() => void) => {
  // A press on the backdrop targets the dialog itself.
  const isOutside = ({ target, clientX: x, clientY: y }: MouseEvent) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect()
    return target === dialog && (x < left || x > right || y < top || y > bottom)
  }
  let startedOutside = false
  const cleanups = [
    on(dialog, 'pointerdown', event => {
      startedOutside = isOutside(event)
    }),
    on(dialog, 'click', event => {
      if (startedOutside && isOutside(event)) callback()
    })
  ]
  return () => {
    for (const cleanup of cleanups) cleanup()
  }
}

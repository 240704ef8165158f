import { on } from 'svelte/events'
import type { Attachment } from 'svelte/attachments'

/** Attachment that accepts a dropped file and highlights the element meanwhile. */
export const dropZone =
  (take: (file: File) => void): Attachment<HTMLElement> =>
  element => {
    const show = (over: boolean) => {
      element.toggleAttribute('data-over', over)
    }
    const ends = [
      on(element, 'dragover', event => {
        if (event.dataTransfer?.types.includes('Files') !== true) return
        event.preventDefault()
        show(true)
      }),
      on(element, 'dragleave', () => {
        show(false)
      }),
      on(element, 'drop', event => {
        show(false)
        const file = event.dataTransfer?.files[0]
        if (file === undefined) return
        event.preventDefault() // prevents the browser from opening it
        take(file)
      })
    ]
    return () => {
      for (const end of ends) end()
    }
  }

import { tick } from 'svelte'

/** Attach to a dialog's first field: typing replaces what stands there. */
export const selectText = (field: HTMLInputElement) => {
  // Once the dialog is open: as it gives the field the focus, WebKit puts the caret before the text.
  void tick().then(() => {
    field.select()
  })
}

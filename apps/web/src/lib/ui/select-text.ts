import { tick } from 'svelte'

/** Attachment for a dialog's first field: selects its text, so that typing replaces it. */
export const selectText = (field: HTMLInputElement) => {
  // After the dialog has opened: WebKit moves the caret when it focuses the field.
  void tick().then(() => {
    field.select()
  })
}

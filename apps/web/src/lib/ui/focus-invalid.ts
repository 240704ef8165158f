import { tick } from 'svelte'

/** Once the page shows what was refused, the first field to blame gets the focus. @param selector of such a field */
export const focusInvalid = async (
  form: HTMLFormElement,
  selector = '[aria-invalid="true"]'
): Promise<void> => {
  await tick()
  form.querySelector<HTMLElement>(selector)?.focus()
}

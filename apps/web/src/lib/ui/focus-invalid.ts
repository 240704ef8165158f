import { tick } from 'svelte'

/** Focuses the first invalid field after the page has updated. @param selector of invalid fields */
export const focusInvalid = async (
  form: HTMLFormElement,
  selector = '[aria-invalid="true"]'
): Promise<void> => {
  await tick()
  form.querySelector<HTMLElement>(selector)?.focus()
}

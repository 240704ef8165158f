import type { Sight } from './engine.ts'

/** Runs in the page: the first visible element of that role and name, in the document's order. */
export const find = (sight: Sight): HTMLElement | null => {
  const SELECTORS = {
    article: 'article',
    button: 'button, [role=button]',
    dialog: 'dialog[open]',
    field: 'input, select, textarea',
    heading: 'h1, h2, h3',
    link: 'a[href]',
    menuitem: '[role=menuitem]',
    region: 'section, [role=region]',
    status: '[role=status]'
  }
  const labelOf = (element: HTMLElement): string => {
    const by = element.getAttribute('aria-labelledby')
    if (by !== null) {
      return by
        .split(' ')
        .map(id => document.getElementById(id)?.textContent ?? '')
        .join(' ')
    }
    const label = element.getAttribute('aria-label')
    if (label !== null) return label
    const labels = [...((element as HTMLInputElement).labels ?? [])]
    return labels.length > 0 ? labels.map(node => node.textContent).join(' ') : element.textContent
  }
  const isVisible = (element: HTMLElement) => {
    const { width, height } = element.getBoundingClientRect()
    return width > 0 && height > 0 && getComputedStyle(element).visibility === 'visible'
  }
  const search = ({ role, name, within }: Sight): HTMLElement | null => {
    const scope = within === undefined ? document : search(within)
    const elements = [...(scope?.querySelectorAll<HTMLElement>(SELECTORS[role]) ?? [])]
    const isIt = (element: HTMLElement) =>
      isVisible(element) && (name === undefined || labelOf(element).replaceAll(/\s+/g, ' ').trim() === name)
    return elements.find(isIt) ?? null
  }
  return search(sight)
}

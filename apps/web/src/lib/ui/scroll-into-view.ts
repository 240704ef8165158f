/** Attachment that scrolls its element into view, clear of the bottom navigation on phones. */
export const scrollIntoView = (node: HTMLElement) => {
  node.style.scrollMarginBlock = '1rem 6rem'
  node.scrollIntoView({ block: 'nearest' })
}

/** Attach to what has to be read now: it comes into sight, clear of the navigation at the foot of a phone's screen. */
export const inSight = (node: HTMLElement) => {
  node.style.scrollMarginBlock = '1rem 6rem'
  node.scrollIntoView({ block: 'nearest' })
}

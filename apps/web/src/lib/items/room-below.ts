/** On phones this covers the foot of the screen: what the app says there moves above it, by its height. */
export const roomBelow = (node: HTMLElement) => {
  const { style } = document.documentElement
  const observer = new ResizeObserver(() => {
    style.setProperty('--card-height', `${node.offsetHeight}px`)
  })
  observer.observe(node)
  return () => {
    observer.disconnect()
    style.removeProperty('--card-height')
  }
}

/** This covers the foot of the screen: the page grows by its height, and on phones what the app says moves above it. */
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

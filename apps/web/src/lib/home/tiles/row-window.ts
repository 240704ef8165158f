import { observeWindowOffset, observeWindowRect, Virtualizer } from '@tanstack/virtual-core'

export interface Rows {
  count: number
  /** Pixels from one row's top to the next one's. */
  height: number
  /** Pixels from the document's top to the first row. */
  top: number
}

export interface RowRange {
  first: number
  last: number
}

export interface RowWindow {
  update(rows: Rows): void
  destroy(): void
}

/** Tells which rows are on the screen, while the page scrolls. */
export const createRowWindow = (onRange: (range: RowRange) => void): RowWindow => {
  let rows: Rows = { count: 0, height: 1, top: 0 }

  const tell = () => {
    virtualizer.getVirtualItems() // which measures
    onRange({ first: virtualizer.range?.startIndex ?? 0, last: virtualizer.range?.endIndex ?? 0 })
  }
  const options = () => ({
    count: rows.count,
    estimateSize: () => rows.height,
    scrollMargin: rows.top,
    overscan: 0,
    getScrollElement: () => window,
    initialOffset: () => window.scrollY,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: () => undefined, // where the page is scrolled to is the person's to say
    onChange: tell
  })
  const virtualizer = new Virtualizer<Window, HTMLElement>(options())
  const end = virtualizer._didMount()
  virtualizer._willUpdate()

  return {
    update(next) {
      const isMeasured = next.height === rows.height
      rows = next
      virtualizer.setOptions(options())
      if (!isMeasured) virtualizer.measure()
      virtualizer._willUpdate()
      tell()
    },
    destroy: end
  }
}

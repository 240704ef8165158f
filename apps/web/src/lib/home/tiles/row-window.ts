import { observeWindowOffset, observeWindowRect, Virtualizer } from '@tanstack/virtual-core'

export interface Rows {
  count: number
  /** Pixels from one row's top to the next. */
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

/** Reports which rows are on the screen as the page scrolls. */
export const createRowWindow = (onRange: (range: RowRange) => void): RowWindow => {
  let rows: Rows = { count: 0, height: 1, top: 0 }

  const report = () => {
    virtualizer.getVirtualItems() // updates the range
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
    scrollToFn: () => undefined, // never scrolls the page by itself
    onChange: report
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
      report()
    },
    destroy: end
  }
}

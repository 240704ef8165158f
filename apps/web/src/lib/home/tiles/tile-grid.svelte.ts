import { tick, untrack } from 'svelte'
import { on } from 'svelte/events'
import { keys } from '#lib/ui/keys.ts'
import { tileAfterKey } from './grid-keys.ts'
import type { RowRange, RowWindow } from './row-window.ts'
import { drawnSpan, isSameSpan, nextSpan, type Span } from './tile-span.ts'

/** Tiles in the first paint; the rest follows in steps. */
const FIRST_TILES = 12
const STEP_TILES = 24
const STEP_MS = 20
/** Longer lists are windowed: only the rows around the screen are in the DOM. */
const MAX_UNWINDOWED = 200
/** Rows rendered beyond each edge of the screen. */
const OVERSCAN = 2
/** A tile's focusable controls. */
const CONTROLS = ['.enter', '.settings', '.pin']

export interface TileGridSource {
  items: () => readonly { id: string }[]
  /** The number of items, where only the first ones are loaded yet. */
  count: () => number
  /** The number without a search, which decides whether the list is long. */
  total: () => number
}

/**
 * A grid of tiles: which ones are rendered, where, and keyboard navigation among them.
 * Long lists are windowed; padding stands in for the rows that are not rendered.
 */
export class TileGrid {
  readonly #items: () => readonly { id: string }[]
  readonly #count: () => number
  readonly #isLong
  readonly #measured = $state({ columns: 1, rowHeight: 0, rowsOnScreen: 0, gap: 0, width: 0, top: 0 })
  #shown = $state(FIRST_TILES)
  #range = $state.raw<RowRange | null>(null)
  /** The span rendered so far, for a list of this length; starts over when the length changes. */
  #reached = $state.raw<{ span: Span; count: number } | null>(null)
  /** The focused tile, which stays in the DOM when scrolled away. */
  #focusedId = $state<string | null>(null)
  #list: HTMLElement | null = null

  constructor({ items, count, total }: TileGridSource) {
    this.#items = items
    this.#count = count
    this.#isLong = $derived(total() > MAX_UNWINDOWED)
  }

  get isLong(): boolean {
    return this.#isLong
  }

  readonly #focusedIndex = $derived.by(() =>
    this.#focusedId === null ? -1 : this.#items().findIndex(({ id }) => id === this.#focusedId)
  )

  /** In a long list: the tiles on the screen, and those to prerender around it. */
  readonly #wanted = $derived.by((): { screen: Span; around: Span } => {
    const { length } = this.#items()
    const { columns, rowsOnScreen } = this.#measured
    const rows = Math.max(rowsOnScreen, Math.ceil(FIRST_TILES / columns))
    const range = this.#range ?? { first: 0, last: rows - 1 }
    const lastRow = Math.max(0, this.#rowOf(length - 1))
    const span = (overscan: number): Span => ({
      first: Math.max(0, Math.min(range.first - overscan, lastRow)) * columns,
      end: Math.min(length, (range.last + 1 + overscan) * columns)
    })
    return { screen: span(0), around: span(OVERSCAN) }
  })

  /** The rendered part of the list; the focused tile may be outside of it. */
  readonly #drawn = $derived.by((): Span => {
    const { length } = this.#items()
    if (!this.#isLong)
      return { first: 0, end: Math.min(length, Math.max(this.#shown, this.#focusedIndex + 1)) }
    const reached = this.#reached?.count === this.#count() ? this.#reached.span : null
    return drawnSpan(reached, { ...this.#wanted, slack: 2 * this.#measured.columns })
  })

  /** Indexes of the rendered tiles, in order. */
  readonly indexes = $derived.by(() => {
    const { first, end } = this.#drawn
    const indexes = Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at)
    const focused = this.#focusedIndex
    if (focused >= 0 && focused < first) indexes.unshift(focused)
    if (focused >= end) indexes.push(focused)
    return indexes
  })

  /** Takes the place of the rows that are not rendered. */
  readonly padding = $derived.by(() => {
    if (!this.#isLong) return undefined
    const { rowHeight, columns } = this.#measured
    const { first, end } = this.#drawn
    const rowsAfter = Math.ceil(this.#count() / columns) - Math.ceil(end / columns)
    return `${String(this.#rowOf(first) * rowHeight)}px 0 ${String(Math.max(0, rowsAfter) * rowHeight)}px`
  })

  /** Positions the first rendered tile, and a focused one outside the span; the others flow. */
  placeOf(index: number): string | undefined {
    const { first, end } = this.#drawn
    const { columns, rowHeight, gap, width } = this.#measured
    if (index === first) return `grid-column-start: ${String((first % columns) + 1)}`
    if (index > first && index < end) return undefined
    const tileWidth = (width - gap * (columns - 1)) / columns
    const start = (index % columns) * (tileWidth + gap)
    return [
      'position: absolute',
      `inset-block-start: ${String(this.#rowOf(index) * rowHeight)}px`,
      `inset-inline-start: ${String(start)}px`,
      `inline-size: ${String(tileWidth)}px`,
      `block-size: ${String(rowHeight - gap)}px`
    ].join(';')
  }

  #rowOf(index: number): number {
    return Math.floor(index / this.#measured.columns)
  }

  /** Attachment for the list. */
  readonly list = (list: HTMLElement) => {
    this.#list = list
    const observer = new ResizeObserver(() => {
      this.#measure()
    })
    // The border box, so that changes of the padding do not count.
    observer.observe(list, { box: 'border-box' })
    observer.observe(document.body) // content above may grow
    untrack(() => {
      this.#measure()
    })
    const cleanups = [
      on(list, 'keydown', keys(this.#onKey)),
      on(list, 'focusin', ({ target }) => {
        this.#focusedId = idOf(target)
      }),
      on(list, 'focusout', ({ relatedTarget }) => {
        if (!(relatedTarget instanceof Element)) return // the window lost the focus
        if (!list.contains(relatedTarget) && relatedTarget.closest('dialog') === null) this.#focusedId = null
      })
    ]
    return () => {
      observer.disconnect()
      for (const cleanup of cleanups) cleanup()
      this.#list = null
    }
  }

  /** Renders more of a short list in steps, or windows a long one. Call in an effect. */
  follow(): (() => void) | undefined {
    if (this.#isLong) return this.#followScrolling()
    if (this.#shown >= this.#items().length) return undefined
    const timer = setTimeout(() => {
      this.#shown += STEP_TILES
    }, STEP_MS)
    return () => {
      clearTimeout(timer)
    }
  }

  #followScrolling(): () => void {
    let rowWindow: RowWindow | null = null
    let ended = false
    const loading = import('./row-window.ts').then(({ createRowWindow }) => {
      if (ended) return
      rowWindow = createRowWindow(({ first, last }) => {
        if (this.#range?.first !== first || this.#range.last !== last) this.#range = { first, last }
      })
      update()
    })
    const update = () => {
      const { rowHeight, columns, top } = this.#measured
      const count = Math.ceil(this.#items().length / columns)
      if (rowHeight > 0) rowWindow?.update({ count, height: rowHeight, top })
    }
    $effect(update)
    $effect(() => this.#renderMore())
    loading.catch((error: unknown) => {
      console.warn('the list could not be windowed', error)
    })
    return () => {
      ended = true
      rowWindow?.destroy()
    }
  }

  /** Prerenders tile by tile after each paint: a whole row would exceed the frame budget. */
  #renderMore(): (() => void) | undefined {
    const span = nextSpan(this.#drawn, this.#wanted.around, this.#measured.columns)
    const count = this.#count()
    if (isSameSpan(span, this.#drawn)) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => {
        this.#reached = { span, count }
      })
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }

  #measure() {
    const list = this.#list
    if (list === null) return
    const { gridTemplateColumns, rowGap } = getComputedStyle(list)
    const heights = Array.from(list.children)
      .filter(tile => tile instanceof HTMLElement && tile.style.position === '')
      .map(tile => tile.getBoundingClientRect().height)
    const { top, width } = list.getBoundingClientRect()
    const gap = Number.parseFloat(rowGap) || 0
    // The lowest one: a taller tile is the exception.
    const rowHeight = heights.length > 0 ? Math.min(...heights) + gap : this.#measured.rowHeight
    // Far down a page, heights of equal tiles differ by rounding.
    if (Math.abs(rowHeight - this.#measured.rowHeight) > 0.5) this.#measured.rowHeight = rowHeight
    if (rowHeight > 0) this.#measured.rowsOnScreen = Math.ceil(window.innerHeight / rowHeight)
    this.#measured.columns = gridTemplateColumns.split(' ').length
    this.#measured.gap = gap
    this.#measured.width = width
    this.#measured.top = top + window.scrollY
  }

  readonly #onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const items = this.#items()
    const from = idOf(event.target)
    const rightToLeft = document.dir === 'rtl'
    const { columns } = this.#measured
    const at = items.findIndex(({ id }) => id === from)
    const to = tileAfterKey(event.key, at, { count: items.length, columns, rightToLeft })
    const id = to === undefined ? undefined : items[to]?.id
    if (at < 0 || id === undefined) return
    event.preventDefault()
    void this.#focus({ id, control: controlOf(event.target) }, { scroll: true })
  }

  /** Restores the focus if its tile is moved in the DOM. Call in a pre effect. */
  keepFocus() {
    const items = this.#items()
    const { activeElement } = document
    const id = this.#list?.contains(activeElement) === true ? idOf(activeElement) : null
    if (id === null || !items.some(item => item.id === id)) return
    const control = controlOf(activeElement)
    void tick().then(() => {
      const isLost = document.activeElement === null || document.activeElement === document.body
      if (isLost) void this.#focus({ id, control }, { scroll: false })
    })
  }

  async #focus({ id, control }: { id: string; control: string }, { scroll }: { scroll: boolean }) {
    this.#focusedId = id
    await tick()
    const tile = this.#list?.querySelector(`[data-tile="${CSS.escape(id)}"]`)
    const target = tile?.querySelector<HTMLElement>(control) ?? tile?.querySelector<HTMLElement>('.settings')
    target?.focus({ preventScroll: true })
    if (scroll) tile?.scrollIntoView({ block: 'nearest' })
  }
}

const tileOf = (node: EventTarget | null) =>
  node instanceof Element ? node.closest<HTMLElement>('[data-tile]') : null
const idOf = (node: EventTarget | null): string | null => tileOf(node)?.dataset['tile'] ?? null
const controlOf = (node: EventTarget | null): string =>
  CONTROLS.find(control => node instanceof Element && node.closest(control) !== null) ?? '.enter'

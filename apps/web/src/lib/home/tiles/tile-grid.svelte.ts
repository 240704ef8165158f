import { tick, untrack } from 'svelte'
import { on } from 'svelte/events'
import { keys } from '#lib/ui/keys.ts'
import { tileAfterKey } from './grid-keys.ts'
import type { RowRange, RowWindow } from './row-window.ts'
import { drawnSpan, isSameSpan, nextSpan, type Span } from './tile-span.ts'

/** The first paint waits for these alone; the rest follows while the person looks. */
const AT_FIRST = 12
const A_STEP = 24
const STEP_MS = 20
/** So many can all be in the page; of more, only what is on the screen. */
const MANY = 200
/** Rows beyond the edges of the screen that are drawn as well. */
const OVERSCAN = 2
/** What a tile can be focused by. */
const CONTROLS = ['.enter', '.settings', '.pin']

export interface TileGridSource {
  items: () => readonly { id: string }[]
  /** How many they are, where only the first ones are known yet. */
  count: () => number
  /** How many there are, found or not: while a search narrows a long list, it stays one. */
  total: () => number
}

/**
 * A grid of tiles: which ones are drawn, where, and how the keyboard moves among them. Of a long list only the
 * rows around the screen are in the page, between paddings as high as the others would be.
 */
export class TileGrid {
  readonly #items: () => readonly { id: string }[]
  readonly #count: () => number
  readonly #isLong
  readonly #measured = $state({ columns: 1, rowHeight: 0, rowsOnScreen: 0, gap: 0, width: 0, top: 0 })
  #shown = $state(AT_FIRST)
  #range = $state.raw<RowRange | null>(null)
  /** How far the drawing has come of a list so long: in another one, as when a person types, the screen comes first. */
  #reached = $state.raw<{ span: Span; count: number } | null>(null)
  /** Has the focus, so it stays in the page wherever that is scrolled to. */
  #keptId = $state<string | null>(null)
  #list: HTMLElement | null = null

  constructor({ items, count, total }: TileGridSource) {
    this.#items = items
    this.#count = count
    this.#isLong = $derived(total() > MANY)
  }

  get isLong(): boolean {
    return this.#isLong
  }

  readonly #keptIndex = $derived.by(() =>
    this.#keptId === null ? -1 : this.#items().findIndex(({ id }) => id === this.#keptId)
  )

  /** Of a long list: the tiles on the screen, and those that are to be ready around it. */
  readonly #wanted = $derived.by((): { screen: Span; around: Span } => {
    const { length } = this.#items()
    const { columns, rowsOnScreen } = this.#measured
    const rows = Math.max(rowsOnScreen, Math.ceil(AT_FIRST / columns))
    const range = this.#range ?? { first: 0, last: rows - 1 }
    const lastRow = Math.max(0, this.#rowOf(length - 1))
    const span = (overscan: number): Span => ({
      first: Math.max(0, Math.min(range.first - overscan, lastRow)) * columns,
      end: Math.min(length, (range.last + 1 + overscan) * columns)
    })
    return { screen: span(0), around: span(OVERSCAN) }
  })

  /** The part of the list that is drawn; the kept tile may be outside of it. */
  readonly #drawn = $derived.by((): Span => {
    const { length } = this.#items()
    if (!this.#isLong) return { first: 0, end: Math.min(length, Math.max(this.#shown, this.#keptIndex + 1)) }
    const reached = this.#reached?.count === this.#count() ? this.#reached.span : null
    return drawnSpan(reached, { ...this.#wanted, slack: 2 * this.#measured.columns })
  })

  /** Indexes of the tiles in the page, in order. */
  readonly indexes = $derived.by(() => {
    const { first, end } = this.#drawn
    const indexes = Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at)
    const kept = this.#keptIndex
    if (kept >= 0 && kept < first) indexes.unshift(kept)
    if (kept >= end) indexes.push(kept)
    return indexes
  })

  /** Stands for the rows that are not drawn. */
  readonly padding = $derived.by(() => {
    if (!this.#isLong) return undefined
    const { rowHeight, columns } = this.#measured
    const { first, end } = this.#drawn
    const rowsAfter = Math.ceil(this.#count() / columns) - Math.ceil(end / columns)
    return `${String(this.#rowOf(first) * rowHeight)}px 0 ${String(Math.max(0, rowsAfter) * rowHeight)}px`
  })

  /** Where the first of the drawn tiles stands, and a kept one that is not among them; the others follow the first. */
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

  /** Attach to the list. */
  readonly list = (list: HTMLElement) => {
    this.#list = list
    const observer = new ResizeObserver(() => {
      this.#measure()
    })
    // With its padding: that stands for rows that are not drawn, and changes with each one that is.
    observer.observe(list, { box: 'border-box' })
    observer.observe(document.body) // what stands above may grow
    untrack(() => {
      this.#measure()
    })
    const ends = [
      on(list, 'keydown', keys(this.#onKey)),
      on(list, 'focusin', ({ target }) => {
        this.#keptId = idOf(target)
      }),
      on(list, 'focusout', ({ relatedTarget }) => {
        if (!(relatedTarget instanceof Element)) return // the window's, or none: it comes back
        if (!list.contains(relatedTarget) && relatedTarget.closest('dialog') === null) this.#keptId = null
      })
    ]
    return () => {
      observer.disconnect()
      for (const end of ends) end()
      this.#list = null
    }
  }

  /** Draws more of a short list step by step, or what is on the screen of a long one. To be run in an effect. */
  follow(): (() => void) | undefined {
    if (this.#isLong) return this.#followScrolling()
    if (this.#shown >= this.#items().length) return undefined
    const timer = setTimeout(() => {
      this.#shown += A_STEP
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
    $effect(() => this.#drawOn())
    loading.catch((error: unknown) => {
      console.warn('the list could not be made longer', error)
    })
    return () => {
      ended = true
      rowWindow?.destroy()
    }
  }

  /** Draws on after each paint, tile by tile: a row at once would take longer than a frame may. */
  #drawOn(): (() => void) | undefined {
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
    // The lowest: a tile with a line more than all others is the exception.
    const rowHeight = heights.length > 0 ? Math.min(...heights) + gap : this.#measured.rowHeight
    // Of the same tiles a browser gives a height that differs in its last digits, far down a page.
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

  /** To be run in an effect, before the list changes on the screen: gives the focus back where a tile is moved away under it. */
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
    this.#keptId = id
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

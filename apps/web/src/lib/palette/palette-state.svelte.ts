import type { Item } from '@foyer/doc'
import { fold } from '#lib/intl/fold.ts'
import { listCommands, type CommandHost } from './commands.ts'
import { actionRows } from './item-rows.ts'
import { listRows } from './list-rows.ts'
import { matching, wordsOf } from './match.ts'
import type { Row, RowGroup } from './row.ts'

/** The palette's query, its results and the active row. */
export class PaletteState {
  /** The item whose actions are shown instead of everything. */
  scope = $state.raw<Item | null>(null)
  #query = $state('')
  #active = $state(0)
  readonly #host: CommandHost
  readonly #close: () => void

  /** @param close closes the palette and restores the focus before an action runs */
  constructor(host: CommandHost, close: () => void) {
    this.#host = host
    this.#close = close
  }

  readonly #items = $derived.by(() => {
    const { workspaces, now } = this.#host
    const items = workspaces.current?.items
    return items === undefined ? [] : [...items.rooms, ...items.webinars(now.current)]
  })
  /** Computed lazily, on the first query. */
  readonly #folded = $derived(this.#items.map(item => ({ item, folded: fold(item.name) })))
  readonly #recent = $derived.by(() => {
    const used = this.#host.workspaces.current?.items.used.map(({ item }) => item) ?? []
    return used.length > 0 ? used : this.#items
  })

  readonly groups: RowGroup[] = $derived.by(() => {
    const { actions } = this.#host
    const { scope } = this
    if (scope === null) {
      return listRows(this.#query, {
        items: this.#query === '' ? [] : this.#folded,
        recent: this.#recent,
        commands: listCommands(this.#host),
        actions
      })
    }
    const rows = matching(actionRows(scope, actions), ({ label }) => fold(label), wordsOf(this.#query))
    return [{ heading: scope.name, rows: rows.map(({ entry }) => entry) }]
  })
  readonly rows: Row[] = $derived(this.groups.flatMap(({ rows }) => rows))
  readonly active: Row | undefined = $derived(this.rows[Math.min(this.#active, this.rows.length - 1)])

  get query(): string {
    return this.#query
  }

  set query(query: string) {
    this.#query = query
    this.#active = 0
  }

  readonly point = (row: Row) => {
    this.#active = this.rows.indexOf(row)
  }

  readonly choose = (row: Row) => {
    this.#close()
    row.run()
  }

  /** Shows the actions of a row's item. */
  readonly open = (row: Row | undefined) => {
    if (row?.item === undefined) return
    this.scope = row.item
    this.query = ''
  }

  readonly back = () => {
    this.scope = null
    this.query = ''
  }

  readonly onkeydown = (event: KeyboardEvent & { currentTarget: HTMLInputElement }) => {
    const { value, selectionStart } = event.currentTarget
    const isForward = event.key === (isRightToLeft() ? 'ArrowLeft' : 'ArrowRight')
    if (event.key === 'ArrowDown') this.#move(1)
    else if (event.key === 'ArrowUp') this.#move(-1)
    else if (event.key === 'Enter' && this.active !== undefined) this.choose(this.active)
    else if (isForward && selectionStart === value.length && this.active?.item !== undefined) {
      this.open(this.active)
    } else if (
      this.scope !== null &&
      (event.key === 'Escape' || (event.key === 'Backspace' && value === ''))
    ) {
      this.back()
    } else return
    event.preventDefault()
  }

  #move(by: 1 | -1) {
    const { length } = this.rows
    if (length > 0) this.#active = (Math.min(this.#active, length - 1) + by + length) % length
  }
}

const isRightToLeft = () => document.documentElement.dir === 'rtl'

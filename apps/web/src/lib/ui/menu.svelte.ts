/** State and keyboard handling of a menu, following the ARIA menu button pattern. */
export class Menu {
  open = $state(false)
  #trigger: HTMLElement | null = null
  #list: HTMLElement | null = null
  #startAtEnd = false
  #dismissedByThisPress = false

  /** Attachment for the button. */
  readonly trigger = (node: HTMLElement) => {
    this.#trigger = node
  }

  /** Attachment for the list of items, which exists only while the menu is open. */
  readonly list = (node: HTMLElement) => {
    this.#list = node
    node.showPopover()
    this.#focus(this.#startAtEnd ? -1 : 0)
    return () => {
      this.#list = null
    }
  }

  /** Pressing the button light-dismisses the menu; the click must not reopen it. */
  readonly onpointerdown = () => {
    this.#dismissedByThisPress = this.open
  }

  readonly onclick = () => {
    if (!this.#dismissedByThisPress) this.#show(false)
    this.#dismissedByThisPress = false
  }

  readonly onTriggerKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    this.#show(event.key === 'ArrowUp')
  }

  readonly onListKey = (event: KeyboardEvent) => {
    const items = this.#items()
    const at = items.indexOf(document.activeElement as HTMLElement)
    const move: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }
    const to = move[event.key]
    if (to !== undefined) this.#focus(to % items.length)
    else if (event.key === 'Escape') this.close()
    else if (event.key === 'Tab') {
      this.close()
      return // the focus moves on from the button
    } else if (/^\S$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.#focusByLetter(items, at, event.key)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  readonly ontoggle = (event: ToggleEvent) => {
    if (event.newState === 'closed') this.open = false
  }

  /** Closes the menu and returns the focus to the button. */
  readonly close = () => {
    this.open = false
    this.#trigger?.focus()
  }

  #show(startAtEnd: boolean) {
    this.#startAtEnd = startAtEnd
    this.open = true
  }

  #items(): HTMLElement[] {
    return [...(this.#list?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
  }

  /** Scrolls only within a menu that is itself scrollable. */
  #focus(index: number) {
    const list = this.#list
    const scrolls = list !== null && list.scrollHeight > list.clientHeight
    this.#items().at(index)?.focus({ preventScroll: !scrolls })
  }

  #focusByLetter(items: HTMLElement[], at: number, letter: string) {
    const after = [...items.slice(at + 1), ...items.slice(0, at + 1)]
    const begins = (item: HTMLElement) =>
      item.textContent.trim().toLowerCase().startsWith(letter.toLowerCase())
    after.find(begins)?.focus()
  }
}

import type { Item, ItemKind, ItemRef } from '@foyer/doc'
import { goto } from '$app/navigation'
import { resolve } from '$app/paths'
import { createContext } from 'svelte'
import { m } from '#lib/paraglide/messages.js'
import type { MenuItem } from '#lib/ui/menu-item.ts'
import type { Toasts } from '#lib/ui/toasts.svelte.ts'
import { writeToClipboard } from '#lib/ui/write-to-clipboard.ts'
import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'
import { hostFragment, participantUrl } from './item-links.ts'
import { itemMenu, type Question } from './item-menu.ts'

export type OpenDialog =
  | { type: 'create'; kind: ItemKind }
  | { type: Question; item: Item }
  | { type: 'link'; title: string; url: string }

/** Actions on an item, and the dialog that is open for one. */
export class ItemActions {
  dialog = $state.raw<OpenDialog | null>(null)
  /** The item whose links are shown: just created, or its links were reset. */
  linksOf = $state.raw<ItemRef | null>(null)
  readonly #workspaces: Workspaces
  readonly #toasts: Toasts

  constructor(workspaces: Workspaces, toasts: Toasts) {
    this.#workspaces = workspaces
    this.#toasts = toasts
  }

  /** The entries of an item's settings menu. */
  menu(item: Item): MenuItem[] {
    return itemMenu(item, this, this.#workspaces.canEdit)
  }

  readonly create = (kind: ItemKind) => {
    this.dialog = { type: 'create', kind }
  }

  ask(type: Question, item: Item) {
    this.dialog = { type, item }
  }

  readonly close = () => {
    this.dialog = null
  }

  showLinks({ kind, id }: ItemRef) {
    this.linksOf = { kind, id }
  }

  readonly hideLinks = () => {
    this.linksOf = null
  }

  /** Opens the item's page as its host and records the use. */
  async enter(item: Item) {
    this.markUsed(item)
    await goto(resolve(`r/${item.slug}${await hostFragment(item, this.#workspaces.record)}`))
  }

  /** Handles clicks on links to the item's page, except those with a modifier key. */
  follow(event: MouseEvent, item: Item) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) {
      this.markUsed(item)
      return
    }
    event.preventDefault()
    void this.enter(item)
  }

  markUsed(item: Item) {
    const use = () => this.#workspaces.current?.usage.use(item.id)
    // Clicked while Home still showed its snapshot.
    if (this.#workspaces.current === null) void this.#workspaces.open({ make: true }).then(use)
    else use()
  }

  async customize({ id }: Item) {
    await goto(resolve(`customize/${id}`))
  }

  /** Loaded on demand, like the dialogs, to keep Home's first load small. */
  async duplicate(item: Item) {
    const code = await import('./duplicate.ts').catch(() => null)
    if (code === null) this.#toasts.say(m.common_not_loaded())
    const id = code?.duplicate(this.#workspaces, this.#toasts, item) ?? null
    if (id !== null) this.showLinks({ kind: item.kind, id })
  }

  async copyParticipantLink(item: Item) {
    const url = Promise.resolve(participantUrl(item))
    await this.#copy(url, m.items_participant_link_copied(), m.items_participant_link())
  }

  async copyHostLink(item: Item) {
    const url = hostFragment(item, this.#workspaces.record).then(fragment => participantUrl(item) + fragment)
    await this.#copy(url, m.items_host_link_copied(), m.items_host_link())
  }

  async #copy(url: Promise<string>, copied: string, title: string) {
    try {
      await writeToClipboard(url)
      this.#toasts.say(copied)
    } catch {
      this.dialog = { type: 'link', title, url: await url }
    }
  }
}

export const [getItemActions, setItemActions] = createContext<ItemActions>()

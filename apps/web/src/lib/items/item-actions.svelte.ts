import type { Item, ItemKind } from '@foyer/doc'
import { goto } from '$app/navigation'
import { resolve } from '$app/paths'
import { createContext } from 'svelte'
import type { Foyer } from '#lib/state/foyer.svelte.ts'
import type { MenuItem } from '#lib/ui/menu-item.ts'
import { hostFragment, participantUrl } from './item-links.ts'

export type OpenDialog =
  | { type: 'create'; kind: ItemKind }
  | { type: 'edit' | 'delete'; item: Item }
  | { type: 'link'; title: string; url: string }

/** What a person can do with an item, and the dialog that asks for more. */
export class ItemActions {
  dialog = $state.raw<OpenDialog | null>(null)
  readonly #foyer: Foyer

  constructor(foyer: Foyer) {
    this.#foyer = foyer
  }

  /** The items of an item's settings menu. */
  menu(item: Item): MenuItem[] {
    const { canEdit } = this.#foyer
    const only = (...items: MenuItem[]) => (canEdit ? items : [])
    return [
      ...only({ label: 'Rename and privacy', icon: 'edit', onselect: () => this.#ask('edit', item) }),
      { label: 'Copy participant link', icon: 'link', onselect: () => void this.#copyParticipantLink(item) },
      ...only({ label: 'Copy host link', icon: 'key', onselect: () => void this.#copyHostLink(item) }),
      {
        label: item.kind === 'room' || !canEdit ? 'Join' : 'Start webinar',
        icon: 'enter',
        onselect: () => void this.enter(item)
      },
      ...only({ label: 'Delete', icon: 'bin', danger: true, onselect: () => this.#ask('delete', item) })
    ]
  }

  readonly create = (kind: ItemKind) => {
    this.dialog = { type: 'create', kind }
  }

  readonly close = () => {
    this.dialog = null
  }

  /** Goes to the item's own page as its host and keeps the time of use. */
  async enter(item: Item) {
    this.markUsed(item)
    await goto(resolve(`r/${item.slug}${await hostFragment(item, this.#foyer.record)}`))
  }

  markUsed(item: Item) {
    const { workspace, clock } = this.#foyer
    workspace?.usage.takePending({ [item.id]: clock.now() })
  }

  #ask(type: 'edit' | 'delete', item: Item) {
    this.dialog = { type, item }
  }

  async #copyParticipantLink(item: Item) {
    await this.#copy(participantUrl(item), 'Participant link')
  }

  async #copyHostLink(item: Item) {
    await this.#copy(participantUrl(item) + (await hostFragment(item, this.#foyer.record)), 'Host link')
  }

  async #copy(url: string, what: string) {
    try {
      await navigator.clipboard.writeText(url)
      this.#foyer.messages.say(`${what} copied`)
    } catch {
      this.dialog = { type: 'link', title: what, url }
    }
  }
}

export const [getItemActions, setItemActions] = createContext<ItemActions>()

import { editItem, readItem } from '@foyer/doc'
import { LIMITS } from '@foyer/doc/policy'
import type { Cover, Item, ItemRef, Lobby, Look } from '@foyer/doc'
import { DEFAULT_ACCENT, mergeLobby, mergeLook, type Change } from '#lib/items/look/merge-look.ts'
import { m } from '#lib/paraglide/messages.js'
import type { Toasts } from '#lib/ui/toasts.svelte.ts'
import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'
import { Draft } from './draft.svelte.ts'

type Changes = Parameters<typeof editItem>[2]
export type Part = 'room' | 'lobby'

const DEFAULTS: Record<Part, Changes> = {
  room: { cover: { preset: 'dawn' }, look: { accent: DEFAULT_ACCENT } },
  lobby: { lobby: { layout: 'centered' } }
}

/** State of the customize page for one item. Each control writes its change at once. */
export class Customizer {
  readonly #workspaces: Workspaces
  readonly #toasts: Toasts
  readonly #item: () => Item
  /** Outlives the page: pending text is written after it is left. */
  readonly #ref: ItemRef
  /** The values before a reset, for undo; cleared by the next change. */
  #beforeReset = $state.raw<{ part: Part; values: Changes } | null>(null)

  readonly welcome
  readonly message
  /** Throttled: dragging in the colour picker changes it continuously. */
  readonly accent
  readonly lobbyAccent

  /** @param item reads the current item */
  constructor(workspaces: Workspaces, toasts: Toasts, item: () => Item) {
    this.#workspaces = workspaces
    this.#toasts = toasts
    this.#item = item
    const { kind, id } = item()
    this.#ref = { kind, id }
    this.welcome = new Draft(
      () => this.look.welcome ?? '',
      text => fits(text) && this.setLook({ welcome: tidy(text) })
    )
    this.message = new Draft(
      () => this.lobby.message ?? '',
      text => fits(text) && this.setLobby({ message: tidy(text) })
    )
    this.accent = new Draft(
      () => this.look.accent,
      accent => this.setLook({ accent })
    )
    this.lobbyAccent = new Draft(
      () => this.lobby.accent ?? this.look.accent,
      accent => this.setLobby({ accent })
    )
  }

  get item(): Item {
    return this.#item()
  }

  get look(): Look {
    return this.item.look ?? { accent: DEFAULT_ACCENT }
  }

  get lobby(): Lobby {
    return this.item.lobby ?? { layout: 'centered' }
  }

  /** The item including what is being typed. */
  get preview(): Item {
    const { item, welcome, message, accent, lobbyAccent } = this
    const ownAccent = item.lobby?.accent === undefined ? undefined : lobbyAccent.value
    return {
      ...item,
      look: mergeLook(item.look, { accent: accent.value, welcome: welcome.value }),
      lobby: mergeLobby(item.lobby, { accent: ownAccent, message: message.value })
    }
  }

  readonly setCover = (cover: Cover): boolean => this.#write(() => ({ cover }))

  /** @returns whether it was written */
  readonly setLook = (change: Change<Look>): boolean =>
    this.#write(now => ({ look: mergeLook(now.look, change) }))

  readonly setLobby = (change: Change<Lobby>): boolean =>
    this.#write(now => ({ lobby: mergeLobby(now.lobby, change) }))

  canUndoReset(part: Part): boolean {
    return this.#beforeReset?.part === part
  }

  /** Restores the defaults; a second call undoes that. */
  reset(part: Part) {
    const undo = this.canUndoReset(part) ? this.#beforeReset : null
    const { cover } = this.item
    const values = part === 'room' ? { cover, look: this.look } : { lobby: this.lobby }
    if (this.#write(() => undo?.values ?? DEFAULTS[part]) && undo === null) {
      this.#beforeReset = { part, values }
    }
  }

  /** Merges into the current value, so that changes of other devices are kept. */
  #write(change: (now: Item) => Changes): boolean {
    const written = this.#workspaces.edit(
      (doc, at) => {
        const now = readItem(doc, this.#ref)
        if (now === undefined) return false
        this.#beforeReset = null
        editItem(doc, now, change(now), at)
        return true
      },
      () => {
        this.#toasts.say(m.customize_not_taken())
      }
    )
    return written === true
  }
}

/** Counts code points, as the document does. */
export const countCharacters = (text: string): number => Array.from(text).length

const fits = (text: string) => countCharacters(tidy(text)) <= LIMITS.messageCharacters
const tidy = (text: string) => text.toWellFormed().trim()

import { InvalidValueError, renameWorkspace } from '@foyer/doc'
import { tick } from 'svelte'
import { refusalText } from '#lib/items/refusal.ts'
import { m } from '#lib/paraglide/messages.js'
import { External } from '#lib/state/external.svelte.ts'
import type { Foyer } from '#lib/state/foyer.svelte.ts'
import { workspaceName } from '#lib/state/workspace-name.ts'

/** The workspace's name as it is by now, and what a person types in its place. */
export class WorkspaceNameForm {
  error = $state<string>()
  /** Null: the field shows the name, also where another device changes it. */
  #typed = $state<string | null>(null)
  readonly #foyer: Foyer

  constructor(foyer: Foyer) {
    this.#foyer = foyer
  }

  readonly #current = $derived.by(() => {
    const root = this.#foyer.workspace?.doc.getMap('workspace')
    const subscribe = (listener: () => void) => {
      root?.observe(listener)
      return () => root?.unobserve(listener)
    }
    return new External(subscribe, () => workspaceName(this.#foyer))
  })

  get name(): string {
    return this.#current.current
  }

  get typed(): string {
    return this.#typed ?? this.name
  }

  set typed(text: string) {
    this.#typed = text
  }

  readonly onsubmit = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const { workspace, clock, messages } = this.#foyer
    if (workspace === null) return
    try {
      renameWorkspace(workspace.doc, this.typed, clock.now())
    } catch (error) {
      if (!(error instanceof InvalidValueError)) throw error
      this.error = refusalText(error)
      const form = event.currentTarget
      void tick().then(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
      return
    }
    this.error = undefined
    this.#typed = null
    messages.say(m.shell_workspace_renamed({ name: this.name }))
  }
}

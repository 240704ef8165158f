import { InvalidValueError, renameWorkspace } from '@foyer/doc'
import { refusalText } from '#lib/items/refusal.ts'
import { m } from '#lib/paraglide/messages.js'
import type { Foyer } from '#lib/workspace/workspaces.svelte.ts'
import { focusInvalid } from '#lib/ui/focus-invalid.ts'

/** The workspace's name as it is by now, and what a person types in its place. */
export class WorkspaceNameForm {
  error = $state<string>()
  /** Null: the field shows the name, also where another device changes it. */
  #typed = $state<string | null>(null)
  readonly #foyer: Foyer

  constructor(foyer: Foyer) {
    this.#foyer = foyer
  }

  get name(): string {
    return this.#foyer.workspaceName
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
      void focusInvalid(event.currentTarget)
      return
    }
    this.error = undefined
    this.#typed = null
    messages.say(m.shell_workspace_renamed({ name: this.name }))
  }
}

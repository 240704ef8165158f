import { renameWorkspace } from '@foyer/doc'
import { m } from '#lib/paraglide/messages.js'
import { focusInvalid } from '#lib/ui/focus-invalid.ts'
import type { Toasts } from '#lib/ui/toasts.svelte.ts'
import { refusalText } from '#lib/workspace/refusals/refusal-text.ts'
import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'

/** The form of the workspace's name. */
export class WorkspaceNameForm {
  error = $state<string>()
  /** Null while untouched: the field follows the document. */
  #typed = $state<string | null>(null)
  readonly #workspaces: Workspaces
  readonly #toasts: Toasts

  constructor(workspaces: Workspaces, toasts: Toasts) {
    this.#workspaces = workspaces
    this.#toasts = toasts
  }

  get name(): string {
    return this.#workspaces.name
  }

  get typed(): string {
    return this.#typed ?? this.name
  }

  set typed(text: string) {
    this.#typed = text
  }

  readonly onsubmit = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const form = event.currentTarget
    const done = this.#workspaces.edit(
      (doc, now) => (renameWorkspace(doc, this.typed, now), true),
      error => {
        this.error = refusalText(error)
        void focusInvalid(form)
      }
    )
    if (done === null) return
    this.error = undefined
    this.#typed = null
    this.#toasts.say(m.shell_workspace_renamed({ name: this.name }))
  }
}

import { createContext } from 'svelte'

export type ShellDialog = 'palette' | 'shortcuts' | 'sign-out'

/** Which of the shell's dialogs is open, if any. */
export class ShellDialogs {
  current = $state.raw<ShellDialog | null>(null)

  readonly open = (dialog: ShellDialog) => {
    this.current = dialog
  }

  readonly close = () => {
    this.current = null
  }
}

export const [getShellDialogs, setShellDialogs] = createContext<ShellDialogs>()

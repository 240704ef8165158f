import { createContext } from 'svelte'

/** Chromium's offer to install the app; no standard, so that TypeScript does not know it. */
interface InstallOffer extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>
}

/** Whether the browser offers to install the app; it says so once, soon after the page was opened. */
export class Install {
  #offer = $state.raw<InstallOffer | null>(null)
  /** The app runs in a window of its own, or was installed just now. */
  installed = $state(matchMedia('(display-mode: standalone)').matches)

  get offered(): boolean {
    return this.#offer !== null
  }

  /** Attach to the window. */
  readonly watch = () => {
    const onOffer = (event: Event) => {
      event.preventDefault() // or it may not be asked later
      this.#offer = event as InstallOffer
    }
    const onInstalled = () => {
      this.installed = true
      this.#offer = null
    }
    addEventListener('beforeinstallprompt', onOffer)
    addEventListener('appinstalled', onInstalled)
    return () => {
      removeEventListener('beforeinstallprompt', onOffer)
      removeEventListener('appinstalled', onInstalled)
    }
  }

  /** Lets the browser ask the person. An offer can be used once. */
  readonly ask = async () => {
    const offer = this.#offer
    this.#offer = null
    await offer?.prompt()
  }
}

export const [getInstall, setInstall] = createContext<Install>()

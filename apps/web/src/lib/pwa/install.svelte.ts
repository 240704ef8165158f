import { createContext } from 'svelte'

/** Chromium's BeforeInstallPromptEvent, which is not in TypeScript's DOM types. */
interface InstallOffer extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>
}

/** The browser's offer to install the app, made once, soon after the page opens. */
export class Install {
  #offer = $state.raw<InstallOffer | null>(null)
  /** The app runs in its own window, or was just installed. */
  installed = $state(matchMedia('(display-mode: standalone)').matches)

  get offered(): boolean {
    return this.#offer !== null
  }

  /** Listens for the offer. Run in an effect. */
  readonly watch = () => {
    const onOffer = (event: Event) => {
      event.preventDefault() // keeps the offer for later
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

  /** Shows the browser's prompt. An offer can be used once. */
  readonly ask = async () => {
    const offer = this.#offer
    this.#offer = null
    await offer?.prompt()
  }
}

export const [getInstall, setInstall] = createContext<Install>()

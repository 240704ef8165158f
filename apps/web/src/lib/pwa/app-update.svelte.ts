import { createContext } from 'svelte'

/** The result of checking for a new version. */
export type UpdateAnswer = 'found' | 'newest' | 'unreachable'

/** Whether a new version of the app is waiting, and its activation. */
export class AppUpdate {
  waiting = $state(false)
  /** The person postponed the update until the next open. */
  putOff = $state(false)
  #registration: ServiceWorkerRegistration | undefined
  #accepted = false

  /** Watches for new versions. Run in an effect of the root layout. */
  readonly watch = () => {
    const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined
    if (workers === undefined) return
    void workers.ready.then(registration => {
      this.#follow(registration)
    })
    const onNewController = () => {
      // If another tab accepted the update, this page keeps its version until it is reloaded.
      if (this.#accepted) location.reload()
    }
    const onVisible = () => {
      // Fails offline, which is fine.
      if (document.visibilityState === 'visible') this.#registration?.update().catch(() => undefined)
    }
    workers.addEventListener('controllerchange', onNewController)
    document.addEventListener('visibilitychange', onVisible)
    return () => {
      workers.removeEventListener('controllerchange', onNewController)
      document.removeEventListener('visibilitychange', onVisible)
    }
  }

  readonly accept = async () => {
    this.#accepted = true
    const registration = this.#registration
    // An outdated page may ask for the update before the browser has looked for one.
    if (registration?.waiting == null) await registration?.update().catch(() => undefined)
    await whenInstalled(registration?.installing ?? null)
    const worker = registration?.waiting
    if (worker) worker.postMessage('take-over')
    else location.reload()
  }

  /** Checks for a new version now; `waiting` becomes true once it is downloaded. */
  readonly check = async (): Promise<UpdateAnswer> => {
    this.putOff = false
    const registration = this.#registration
    if (registration === undefined) return 'unreachable'
    try {
      await registration.update()
    } catch {
      return 'unreachable'
    }
    return registration.installing !== null || registration.waiting !== null ? 'found' : 'newest'
  }

  #follow(registration: ServiceWorkerRegistration) {
    this.#registration = registration
    // Without a controller this is the first version, which replaces nothing.
    const look = () => {
      if (registration.waiting !== null && navigator.serviceWorker.controller !== null) this.waiting = true
    }
    look()
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', look)
    })
  }
}

export const [getAppUpdate, setAppUpdate] = createContext<AppUpdate>()

const whenInstalled = (worker: ServiceWorker | null): Promise<void> =>
  new Promise(resolve => {
    if (worker === null) {
      resolve()
      return
    }
    worker.addEventListener('statechange', () => {
      if (worker.state !== 'installing') resolve()
    })
  })

import { createContext } from 'svelte'

/** What came of looking for a new version. */
export type UpdateAnswer = 'found' | 'newest' | 'unreachable'

/** Whether a new version of the app waits, and the person's word to take it. */
export class AppUpdate {
  waiting = $state(false)
  /** The person wants to hear of it later: at the next open. */
  putOff = $state(false)
  #registration: ServiceWorkerRegistration | undefined
  #accepted = false

  /** Attach to anything that lives as long as the page. */
  readonly watch = () => {
    const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined
    if (workers === undefined) return
    void workers.ready.then(registration => {
      this.#follow(registration)
    })
    const onNewController = () => {
      // Another tab accepted the new version: this page goes on with its own until the person reloads.
      if (this.#accepted) location.reload()
    }
    const onVisible = () => {
      // A browser that is offline cannot look, and need not.
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
    // Asked for by a page that knows itself to be too old: the new version may not have been looked for yet.
    if (registration?.waiting == null) await registration?.update().catch(() => undefined)
    await whenInstalled(registration?.installing ?? null)
    const worker = registration?.waiting
    if (worker) worker.postMessage('take-over')
    else location.reload()
  }

  /** Looks for a new version now; one that is found is told of by `waiting` as soon as it is on the device. */
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
    // Without a controller this is the first version: there is nothing that it would replace.
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

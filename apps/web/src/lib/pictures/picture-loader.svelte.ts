import { backoffMs } from '@foyer/sync'
import type { PictureSize, ShownUrl } from './picture.ts'
import type { Pictures } from './pictures.svelte.ts'

const mediaPath = (sha256: string, size: PictureSize) =>
  size === 'tile' ? `/media/${sha256}/thumbnail` : `/media/${sha256}`

/** Loads a picture from the device, else from the server, retrying until it is there. */
export class PictureLoader {
  /** Null while there is nothing to show. */
  src = $state<string | null>(null)
  isLoaded = $state(false)
  readonly #pictures: Pictures
  #failures = 0
  #retry: () => void = () => undefined

  constructor(pictures: Pictures) {
    this.#pictures = pictures
  }

  /** @returns stops loading */
  start(sha256: string, size: PictureSize): () => void {
    let ended = false
    let shown: ShownUrl | null = null
    const load = async () => {
      shown ??= await this.#pictures.show(sha256, size)
      if (ended) shown?.release()
      else this.src = shown?.url ?? mediaPath(sha256, size)
    }
    const loadNow = () => void load().catch(this.onerror) // the code could not be loaded
    let timer: ReturnType<typeof setTimeout> | undefined
    this.#retry = () => {
      clearTimeout(timer)
      if (!ended) timer = setTimeout(loadNow, backoffMs(this.#failures))
    }
    const onOnline = () => {
      this.#failures = 0
      if (!this.isLoaded) loadNow()
    }
    this.src = null
    this.isLoaded = false
    this.#failures = 0
    window.addEventListener('online', onOnline)
    loadNow()
    return () => {
      ended = true
      clearTimeout(timer)
      window.removeEventListener('online', onOnline)
      shown?.release()
    }
  }

  readonly onload = () => {
    this.isLoaded = true
  }

  /** Not uploaded yet, or no network: retries later. */
  readonly onerror = () => {
    this.src = null
    this.#failures++
    this.#retry()
  }
}

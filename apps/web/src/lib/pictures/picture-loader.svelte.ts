import { backoffMs } from '@foyer/sync'
import type { PictureSize, ShownUrl } from './picture.ts'
import type { Pictures } from './pictures.svelte.ts'

const mediaPath = (sha256: string, size: PictureSize) =>
  size === 'tile' ? `/media/${sha256}/thumbnail` : `/media/${sha256}`

/** Where a picture on the screen comes from: the device first, then the server, again and again until it is there. */
export class PictureLoader {
  /** Null while there is nothing that could be shown. */
  src = $state<string | null>(null)
  isThere = $state(false)
  readonly #pictures: Pictures
  #failures = 0
  #retry: () => void = () => undefined

  constructor(pictures: Pictures) {
    this.#pictures = pictures
  }

  /** @returns ends it */
  start(sha256: string, size: PictureSize): () => void {
    let ended = false
    let shown: ShownUrl | null = null
    const look = async () => {
      shown ??= await this.#pictures.show(sha256, size)
      if (ended) shown?.release()
      else this.src = shown?.url ?? mediaPath(sha256, size)
    }
    const lookNow = () => void look().catch(this.onerror) // the app itself is not all here yet
    let timer: ReturnType<typeof setTimeout> | undefined
    this.#retry = () => {
      clearTimeout(timer)
      if (!ended) timer = setTimeout(lookNow, backoffMs(this.#failures))
    }
    const onOnline = () => {
      this.#failures = 0
      if (!this.isThere) lookNow()
    }
    this.src = null
    this.isThere = false
    this.#failures = 0
    window.addEventListener('online', onOnline)
    lookNow()
    return () => {
      ended = true
      clearTimeout(timer)
      window.removeEventListener('online', onOnline)
      shown?.release()
    }
  }

  readonly onload = () => {
    this.isThere = true
  }

  /** Not there yet, or no network: nothing is shown, and it is asked for again. */
  readonly onerror = () => {
    this.src = null
    this.#failures++
    this.#retry()
  }
}

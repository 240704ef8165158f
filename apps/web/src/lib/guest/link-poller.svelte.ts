import { readLink, type PublicLink } from '#lib/api/api.ts'
import { ApiError } from '#lib/api/send.ts'

export type LinkState =
  | { type: 'loading' }
  | { type: 'open'; link: PublicLink }
  | { type: 'deleted' | 'reset' | 'gone' | 'not-published' | 'unreachable' }

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 15_000

/** Polls a participant link until it opens, with backoff, and at once when the network is back. */
export class LinkPoller {
  state = $state.raw<LinkState>({ type: 'loading' })
  readonly #slug: string
  readonly #read: typeof readLink
  #timer: ReturnType<typeof setTimeout> | undefined
  #wait = FIRST_WAIT_MS
  #ended = false

  constructor(slug: string, read = readLink) {
    this.#slug = slug
    this.#read = read
  }

  /** @returns stops polling */
  readonly start = () => {
    this.#ended = false
    const now = () => {
      this.#wait = FIRST_WAIT_MS
      void this.#poll()
    }
    const onVisible = () => {
      if (document.visibilityState === 'visible') now()
    }
    window.addEventListener('online', now)
    document.addEventListener('visibilitychange', onVisible)
    now()
    return () => {
      this.#ended = true
      clearTimeout(this.#timer)
      window.removeEventListener('online', now)
      document.removeEventListener('visibilitychange', onVisible)
    }
  }

  async #poll() {
    clearTimeout(this.#timer)
    const state = await this.#ask()
    if (this.#ended) return
    this.state = state
    if (state.type === 'open') return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#poll(), this.#wait)
    this.#wait = Math.min(this.#wait * 1.5, LONGEST_WAIT_MS)
  }

  async #ask(): Promise<LinkState> {
    try {
      const link = await this.#read(this.#slug)
      return link.state === 'open' ? { type: 'open', link } : { type: 'deleted' }
    } catch (error) {
      if (error instanceof ApiError && error.code === 'link-reset') return { type: 'reset' }
      if (error instanceof ApiError && error.code === 'link-gone') return { type: 'gone' }
      // Also for malformed links, which never open.
      return { type: error instanceof ApiError && error.status < 500 ? 'not-published' : 'unreachable' }
    }
  }
}

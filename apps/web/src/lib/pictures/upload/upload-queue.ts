import { backoffMs } from '@foyer/sync'
import { ApiError } from '#lib/api/send.ts'
import type { NamedPicture, PictureStore } from '#lib/pictures/store/picture-store.ts'

export interface UploadQueueOptions {
  store: Pick<PictureStore, 'unsent' | 'note'>
  /** Uploads both sizes. @throws {ApiError | UnreachableError} */
  upload: (picture: NamedPicture) => Promise<void>
  /** The workspace, and the pictures in use; null without a network or an account. */
  target: () => { workspaceId: string; wanted: ReadonlyMap<string, unknown> } | null
  /** The server refused a picture; called once per error code. */
  onRefused: (sha256: string, code: string) => void
  onUploaded: () => void
  now: () => number
  wait?: (ms: number) => Promise<void>
}

export interface UploadQueue {
  /** Uploads unsent pictures now; settles when nothing is left to do. */
  run(): Promise<void>
}

/** Uploads pictures one by one. Network errors are retried with backoff, refusals are not. */
export const createUploadQueue = (options: UploadQueueOptions): UploadQueue => {
  const { store, upload, target, onRefused, onUploaded, now } = options
  /** Uploaded or refused: not repeated by this page, even if that cannot be stored. */
  const settled = new Set<string>()
  let running: Promise<void> | null = null
  let wake: () => void = () => undefined
  let requested = false

  const wait = (ms: number) =>
    Promise.race([
      (options.wait ?? sleep)(ms),
      new Promise<void>(resolve => {
        wake = resolve
      })
    ])
  const next = async (): Promise<NamedPicture | undefined> => {
    const to = target()
    if (to === null) return undefined
    const unsent = await store.unsent(to.workspaceId)
    if (unsent.length === 0) return undefined // `wanted` is expensive: it reads all items
    const { workspaceId, wanted } = to
    return unsent.find(({ sha256 }) => wanted.has(sha256) && !settled.has(`${workspaceId}/${sha256}`))
  }
  const settle = ({ sha256, workspaceId }: NamedPicture) => settled.add(`${workspaceId}/${sha256}`)
  const refuse = async ({ sha256, refused: told }: NamedPicture, code: string) => {
    if (told === code) return
    await store.note(sha256, { refused: code })
    onRefused(sha256, code)
  }
  /** Also true if `run` was called while working. */
  const takeRequest = () => {
    const was = requested
    requested = false
    return was
  }
  const work = async () => {
    let failures = 0
    while (takeRequest()) {
      for (let picture = await next(); picture !== undefined; picture = await next()) {
        try {
          await upload(picture)
          settle(picture)
          await store.note(picture.sha256, { uploadedAt: now(), refused: null })
          failures = 0
          onUploaded()
        } catch (error) {
          const verdict = verdictOf(error)
          if (verdict === 'signed-out') return // sync reports it
          if (verdict === 'later') await wait(backoffMs(++failures))
          else {
            settle(picture)
            await refuse(picture, verdict.code)
          }
        }
      }
    }
  }

  return {
    run() {
      requested = true
      wake()
      running ??= work().finally(() => {
        running = null
      })
      return running
    }
  }
}

const verdictOf = (error: unknown): 'later' | 'signed-out' | { code: string } => {
  if (!(error instanceof ApiError) || error.status >= 500) return 'later'
  if (error.status === 401) return 'signed-out'
  return [408, 429].includes(error.status) ? 'later' : { code: error.code }
}

const sleep = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

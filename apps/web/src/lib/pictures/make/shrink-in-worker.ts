import { shrinkPicture, type ShrinkOptions, type SmallPicture } from './shrink-picture.ts'
import type { ShrinkResponse, ShrinkRequest } from './shrink-worker.ts'

/** `shrinkPicture` in a worker; in the page where a worker cannot draw, or does not start. */
export const shrinkInWorker = (source: Blob, options: ShrinkOptions): Promise<SmallPicture> =>
  typeof OffscreenCanvas === 'undefined' ? shrinkPicture(source, options) : inWorker({ source, options })

const inWorker = async (request: ShrinkRequest): Promise<SmallPicture> => {
  const worker = new Worker(new URL('shrink-worker.ts', import.meta.url), { type: 'module' })
  try {
    const answer = await new Promise<ShrinkResponse | null>(resolve => {
      worker.onmessage = ({ data }: MessageEvent<ShrinkResponse>) => {
        resolve(data)
      }
      worker.onerror = () => {
        resolve(null)
      }
      worker.postMessage(request)
    })
    if (answer === null) return await shrinkPicture(request.source, request.options)
    if ('trouble' in answer) throw new Error(answer.trouble)
    return answer.picture
  } finally {
    worker.terminate()
  }
}

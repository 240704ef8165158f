import { shrinkPicture, type ShrinkOptions, type SmallPicture } from './shrink-picture.ts'
import type { ShrinkResponse, ShrinkRequest } from './shrink-worker.ts'

/** `shrinkPicture` in a worker; on the main thread if a worker cannot draw or does not start. */
export const shrinkInWorker = (source: Blob, options: ShrinkOptions): Promise<SmallPicture> =>
  typeof OffscreenCanvas === 'undefined' ? shrinkPicture(source, options) : runWorker({ source, options })

const runWorker = async (request: ShrinkRequest): Promise<SmallPicture> => {
  const worker = new Worker(new URL('shrink-worker.ts', import.meta.url), { type: 'module' })
  try {
    const response = await new Promise<ShrinkResponse | null>(resolve => {
      worker.onmessage = ({ data }: MessageEvent<ShrinkResponse>) => {
        resolve(data)
      }
      worker.onerror = () => {
        resolve(null)
      }
      worker.postMessage(request)
    })
    if (response === null) return await shrinkPicture(request.source, request.options)
    if ('error' in response) throw new Error(response.error)
    return response.picture
  } finally {
    worker.terminate()
  }
}

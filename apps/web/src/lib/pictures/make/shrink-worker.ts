import { shrinkPicture, type ShrinkOptions, type SmallPicture } from './shrink-picture.ts'

export interface ShrinkRequest {
  source: Blob
  options: ShrinkOptions
}

export type ShrinkResponse = { picture: SmallPicture } | { error: string }

/** Shrinks one picture off the main thread. */
self.onmessage = async ({ data: { source, options } }: MessageEvent<ShrinkRequest>) => {
  const response = await shrinkPicture(source, options).then(
    (picture): ShrinkResponse => ({ picture }),
    (error: unknown): ShrinkResponse => ({ error: String(error) })
  )
  self.postMessage(response)
}

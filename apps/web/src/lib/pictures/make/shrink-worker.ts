import { shrinkPicture, type ShrinkOptions, type SmallPicture } from './shrink-picture.ts'

export interface ShrinkRequest {
  source: Blob
  options: ShrinkOptions
}

export type ShrinkResponse = { picture: SmallPicture } | { trouble: string }

/** Makes one picture smaller beside the page, so that the page stays quick. */
self.onmessage = async ({ data: { source, options } }: MessageEvent<ShrinkRequest>) => {
  const answer = await shrinkPicture(source, options).then(
    (picture): ShrinkResponse => ({ picture }),
    (error: unknown): ShrinkResponse => ({ trouble: String(error) })
  )
  self.postMessage(answer)
}

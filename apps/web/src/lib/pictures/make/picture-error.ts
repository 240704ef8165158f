/** Why a picture was rejected. */
export type PictureProblem = 'wrong-type' | 'too-large' | 'too-many-pixels' | 'broken' | 'not-stored'

/** A picture was rejected; nothing was changed. */
export class PictureError extends Error {
  override name = 'PictureError'
  readonly code: PictureProblem

  constructor(code: PictureProblem, options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}

import { m } from '#lib/paraglide/messages.js'
import { PictureError, type PictureProblem } from './picture-error.ts'

const PROBLEMS: Record<PictureProblem, () => string> = {
  'wrong-type': m.customize_picture_wrong_type,
  'too-large': m.customize_picture_too_large,
  broken: m.customize_picture_broken,
  'not-stored': m.customize_picture_not_stored
}

/** Why a picture was not taken, for the person. */
export const pictureProblem = (error: unknown): string =>
  PROBLEMS[error instanceof PictureError ? error.code : 'broken']()

const REFUSALS: Record<string, () => string> = {
  'over-quota': m.customize_refused_over_quota,
  'too-large': m.customize_refused_too_large,
  'wrong-hash': m.customize_refused_broken,
  'broken-picture': m.customize_refused_broken,
  'not-a-picture': m.customize_refused_broken,
  'read-only': m.customize_refused_read_only
}

/** What the server would not take, and why. */
export const refusedUploadWords = (name: string, code: string): string =>
  m.customize_upload_refused({ name, reason: (REFUSALS[code] ?? m.customize_refused_other)() })

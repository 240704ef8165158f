import { CHOSEN_PICTURE_MEGABYTES, PICTURE_LIMITS } from '@foyer/doc/policy'
import { formatCount } from '#lib/intl/format-count.ts'
import { counted } from '#lib/intl/format-number.ts'
import { m } from '#lib/paraglide/messages.js'
import { PictureError, type PictureProblem } from '#lib/pictures/make/picture-error.ts'
import type { UnsentPicture } from './picture.ts'

const PROBLEMS: Record<PictureProblem, () => string> = {
  'wrong-type': m.customize_picture_wrong_type,
  'too-large': () => m.customize_picture_too_large({ megabytes: formatCount(CHOSEN_PICTURE_MEGABYTES) }),
  'too-many-pixels': () => m.customize_picture_too_many_pixels(counted(PICTURE_LIMITS.pixels / 1e6)),
  broken: m.customize_picture_broken,
  'not-stored': m.customize_picture_not_stored
}

/** Explains why a picture was refused. */
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

const reason = (code: string): string => (REFUSALS[code] ?? m.customize_refused_other)()

/** Explains a refused upload and what to do. */
export const refusedUploadWords = (name: string, code: string): string =>
  m.customize_upload_refused({ name, reason: reason(code) })

/** The same for several pictures, one sentence per reason. */
export const refusedPicturesWords = (pictures: readonly UnsentPicture[]): string[] => {
  const counts = new Map<string, number>()
  for (const { refused } of pictures) {
    if (refused !== null) counts.set(reason(refused), (counts.get(reason(refused)) ?? 0) + 1)
  }
  return [...counts].map(([why, count]) => m.customize_pictures_refused({ ...counted(count), reason: why }))
}

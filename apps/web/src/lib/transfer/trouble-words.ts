import { m } from '#lib/paraglide/messages.js'
import { PictureError } from '#lib/pictures/picture-error.ts'
import { pictureProblem } from '#lib/pictures/picture-words.ts'

/** Why an export or import came to nothing, for the person. */
export const troubleWords = (error: unknown): string =>
  error instanceof PictureError ? pictureProblem(error) : m.transfer_trouble()

import { m } from '#lib/paraglide/messages.js'
import { PictureError } from '#lib/pictures/make/picture-error.ts'
import { pictureProblem } from '#lib/pictures/picture-words.ts'
import { WorkspaceReplacedError } from './workspace-replaced-error.ts'

/** Why an export or import came to nothing, for the person. */
export const troubleWords = (error: unknown): string => {
  if (error instanceof PictureError) return pictureProblem(error)
  return error instanceof WorkspaceReplacedError ? m.transfer_replaced() : m.transfer_trouble()
}

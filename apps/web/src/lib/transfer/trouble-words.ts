import { m } from '#lib/paraglide/messages.js'
import { PictureError } from '#lib/pictures/make/picture-error.ts'
import { pictureProblem } from '#lib/pictures/picture-words.ts'
import { WorkspaceReplacedError } from './workspace-replaced-error.ts'

/** Explains why an export or import failed. */
export const troubleWords = (error: unknown): string => {
  if (error instanceof PictureError) return pictureProblem(error)
  return error instanceof WorkspaceReplacedError ? m.transfer_replaced() : m.transfer_trouble()
}

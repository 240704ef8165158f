import { CLOSE } from '@foyer/sync/protocol'

/** Refuses a whole frame: a notice gives the reason, and the connection ends with `closeCode`. */
export class RefusedFrameError extends Error {
  override name = 'RefusedFrameError'
  readonly closeCode: number
  readonly noticeCode: string

  constructor(closeCode: number, noticeCode: string, message: string) {
    super(message)
    this.closeCode = closeCode
    this.noticeCode = noticeCode
  }
}

export const malformed = (message: string): RefusedFrameError =>
  new RefusedFrameError(CLOSE.malformed, 'malformed', message)

export const tooLarge = (message: string): RefusedFrameError =>
  new RefusedFrameError(CLOSE.tooLarge, 'too-large', message)

export const tooFast = (): RefusedFrameError =>
  new RefusedFrameError(CLOSE.tooFast, 'too-fast', 'Too many messages at once.')

export const tooManyClients = (): RefusedFrameError =>
  new RefusedFrameError(
    CLOSE.tooLarge,
    'too-many-clients',
    'This account has edited here from too many clients.'
  )

export const overQuota = (): RefusedFrameError =>
  new RefusedFrameError(CLOSE.tooLarge, 'over-quota', 'This workspace is full.')

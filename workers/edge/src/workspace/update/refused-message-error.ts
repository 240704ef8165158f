import { CLOSE } from '@foyer/sync/protocol'

/** A message was refused as a whole: it is named in a notice and its connection ends with `closeCode`. */
export class RefusedMessageError extends Error {
  override name = 'RefusedMessageError'
  readonly closeCode: number
  readonly noticeCode: string

  constructor(closeCode: number, noticeCode: string, message: string) {
    super(message)
    this.closeCode = closeCode
    this.noticeCode = noticeCode
  }
}

export const malformed = (message: string): RefusedMessageError =>
  new RefusedMessageError(CLOSE.malformed, 'malformed', message)

export const tooLarge = (message: string): RefusedMessageError =>
  new RefusedMessageError(CLOSE.tooLarge, 'too-large', message)

export const tooFast = (): RefusedMessageError =>
  new RefusedMessageError(CLOSE.tooFast, 'too-fast', 'Too many messages at once.')

export const tooManyClients = (): RefusedMessageError =>
  new RefusedMessageError(
    CLOSE.tooLarge,
    'too-many-clients',
    'This account has edited here from too many clients.'
  )

export const overQuota = (): RefusedMessageError =>
  new RefusedMessageError(CLOSE.tooLarge, 'over-quota', 'This workspace is full.')

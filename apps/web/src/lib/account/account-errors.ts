import { ApiError, UnreachableError } from '#lib/api/send.ts'

export type AccountField = 'name' | 'email' | 'password'

/** What went wrong, in words for the person, and the field to blame where there is one. */
export interface AccountTrouble {
  field: AccountField | null
  message: string
}

const TAKEN: AccountTrouble = {
  field: 'email',
  message: 'There is an account with this email already. Sign in instead.'
}
const TOO_SHORT: AccountTrouble = { field: 'password', message: 'The password needs 8 characters or more.' }

/** By better-auth's error codes. */
const KNOWN: Record<string, AccountTrouble> = {
  INVALID_EMAIL_OR_PASSWORD: {
    field: 'password',
    message: 'This email and password do not belong together.'
  },
  USER_ALREADY_EXISTS: TAKEN,
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: TAKEN,
  INVALID_EMAIL: { field: 'email', message: 'This is not an email address.' },
  PASSWORD_TOO_SHORT: TOO_SHORT,
  PASSWORD_TOO_LONG: { field: 'password', message: 'The password is longer than 128 characters.' }
}

/** Says what a failed account request means; a bug is thrown on. */
export const explainAccountError = (error: unknown): AccountTrouble => {
  if (error instanceof UnreachableError) {
    return {
      field: null,
      message:
        'The server cannot be reached. Everything on this device is safe; try again when you are online.'
    }
  }
  if (!(error instanceof ApiError)) throw error
  if (error.status === 429) return { field: null, message: 'Too many tries. Wait a minute and try again.' }
  return KNOWN[error.code] ?? { field: null, message: error.message }
}

export interface AccountValues {
  name: string
  email: string
  password: string
}

/** Finds before any request what the server would refuse. */
export const checkAccount = (values: AccountValues, kind: 'sign-in' | 'sign-up'): AccountTrouble | null => {
  if (kind === 'sign-up' && values.name.trim() === '') return { field: 'name', message: 'The name is empty.' }
  if (!/^\S+@\S+\.\S+$/.test(values.email))
    return { field: 'email', message: 'This is not an email address.' }
  if (values.password === '') return { field: 'password', message: 'The password is empty.' }
  if (kind === 'sign-up' && values.password.length < 8) return TOO_SHORT
  return null
}

import { LIMITS, PASSWORD_CHARACTERS } from '@foyer/doc/policy'
import { ApiError, UnreachableError } from '#lib/api/send.ts'
import { counted } from '#lib/intl/format-number.ts'
import { formatWait } from '#lib/intl/format-wait.ts'
import { m } from '#lib/paraglide/messages.js'

export type AccountField = 'name' | 'email' | 'password'

/** An error message, and the field it belongs to, if any. */
export interface AccountTrouble {
  field: AccountField | null
  message: string
}

const taken = (): AccountTrouble => ({ field: 'email', message: m.account_error_taken() })
const notAnEmail = (): AccountTrouble => ({ field: 'email', message: m.account_error_email() })
const tooShort = (): AccountTrouble => ({
  field: 'password',
  message: m.account_error_too_short(counted(PASSWORD_CHARACTERS.least))
})

/** By better-auth's error codes. */
const KNOWN = new Map<string, () => AccountTrouble>([
  ['INVALID_EMAIL_OR_PASSWORD', () => ({ field: 'password', message: m.account_error_no_match() })],
  ['USER_ALREADY_EXISTS', taken],
  ['USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL', taken],
  ['INVALID_EMAIL', notAnEmail],
  ['INVALID_NAME', () => ({ field: 'name', message: m.account_error_name(counted(LIMITS.nameCharacters)) })],
  ['PASSWORD_TOO_SHORT', tooShort],
  [
    'PASSWORD_TOO_LONG',
    () => ({ field: 'password', message: m.account_error_too_long(counted(PASSWORD_CHARACTERS.most)) })
  ]
])

/** Explains a failed account request. @throws errors that are bugs */
export const explainAccountError = (error: unknown): AccountTrouble => {
  if (error instanceof UnreachableError) return { field: null, message: m.account_error_unreachable() }
  if (!(error instanceof ApiError)) throw error
  if (error.status === 429) return tooMany(error)
  return KNOWN.get(error.code)?.() ?? { field: null, message: error.message }
}

const tooMany = ({ code, retryAfter }: ApiError): AccountTrouble => {
  if (retryAfter === undefined) return { field: null, message: m.account_error_too_many() }
  const wait = formatWait(retryAfter)
  return code === 'too-many-tries'
    ? { field: 'password', message: m.account_error_too_many_passwords({ wait }) }
    : { field: null, message: m.account_error_wait({ wait }) }
}

export interface AccountValues {
  name: string
  email: string
  password: string
}

/** Validates the form before any request, by the server's rules. */
export const checkAccount = (values: AccountValues, kind: 'sign-in' | 'sign-up'): AccountTrouble | null => {
  if (kind === 'sign-up' && values.name.trim() === '')
    return { field: 'name', message: m.account_error_name_empty() }
  if (!/^\S+@\S+\.\S+$/.test(values.email)) return notAnEmail()
  if (values.password === '') return { field: 'password', message: m.account_error_password_empty() }
  if (kind === 'sign-up' && values.password.length < PASSWORD_CHARACTERS.least) return tooShort()
  return null
}

import { expect, test } from 'vitest'
import { ApiError, UnreachableError } from '#lib/api/send.ts'
import { checkAccount, explainAccountError } from './account-errors.ts'

test('a refusal names its field', () => {
  const fieldOf = (code: string) => explainAccountError(new ApiError(400, code, '')).field
  expect(fieldOf('INVALID_EMAIL_OR_PASSWORD')).toBe('password')
  expect(fieldOf('USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL')).toBe('email')
  expect(fieldOf('PASSWORD_TOO_SHORT')).toBe('password')
})

test('no network, rate limits and unknown refusals have messages', () => {
  expect(explainAccountError(new UnreachableError('')).message).toContain('Can’t reach the server')
  expect(explainAccountError(new ApiError(429, 'x', '')).message).toContain('Too many attempts')
  expect(explainAccountError(new ApiError(429, 'too-many-tries', '', 61))).toEqual({
    field: 'password',
    message: 'Too many wrong passwords for this account. Try again in 2 minutes.'
  })
  expect(explainAccountError(new ApiError(429, 'refused', '', 1)).message).toContain('Try again in 1 second.')
  expect(explainAccountError(new ApiError(400, 'NEW', 'Something new')).message).toBe('Something new')
})

test('bugs are rethrown', () => {
  expect(() => explainAccountError(new TypeError('oops'))).toThrow('oops')
})

test('the form finds what the server would refuse', () => {
  const good = { name: 'Ada', email: 'ada@example.com', password: 'long enough' }
  expect(checkAccount(good, 'sign-up')).toBeNull()
  expect(checkAccount({ ...good, name: ' ' }, 'sign-up')?.field).toBe('name')
  expect(checkAccount({ ...good, name: ' ' }, 'sign-in')).toBeNull()
  expect(checkAccount({ ...good, email: 'ada@' }, 'sign-in')?.field).toBe('email')
  expect(checkAccount({ ...good, password: 'short' }, 'sign-up')?.field).toBe('password')
  expect(checkAccount({ ...good, password: 'short' }, 'sign-in')).toBeNull()
  expect(checkAccount({ ...good, password: '' }, 'sign-in')?.field).toBe('password')
})

import { expect, test } from 'vitest'
import { safeNextPath } from './safe-next-path.ts'

const read = (address: string) =>
  safeNextPath(
    new URL(`/sign-in?next=${address}`, 'https://foyer.example').searchParams.get('next'),
    'https://foyer.example'
  )

test.each([
  ['/r/clients-aaaaaaaaaa', '/r/clients-aaaaaaaaaa'],
  ['%2Fr%2Fclients-aaaaaaaaaa', '/r/clients-aaaaaaaaaa'],
  ['/settings%3Fa=b', '/settings?a=b'],
  ['/', '/'],
  ['/history%23top', '/history'],
  ['/sign-ins', '/sign-ins'],
  ['/a/../settings', '/settings']
])('%s leads to %s', (address, path) => {
  expect(read(address)).toBe(path)
})

test.each([
  '',
  'r/clients',
  '//evil.example',
  '///evil.example',
  '/%5Cevil.example',
  '%5C%5Cevil.example',
  '%2F%2Fevil.example',
  '/%2Fevil.example',
  '/%252Fevil.example',
  '/%255Cevil.example',
  '/%09/evil.example',
  '/%0A/evil.example',
  '/%0D%0Aset-cookie:x',
  '%00//evil.example',
  '%20//evil.example',
  '/%E2%80%AE/x',
  '/%EF%BB%BF/evil.example',
  '/..//evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/%252e%252e//evil.example',
  'https://evil.example',
  'https:evil.example',
  'https://foyer.example/r/x',
  'javascript:alert(1)',
  'java%0Ascript:alert(1)',
  'data:text/html,x',
  'blob:https://foyer.example/x',
  '@evil.example',
  '.evil.example',
  '/sign-in',
  '/sign-in?next=/sign-in',
  '/SIGN-IN/',
  '/sign%252Din',
  '/sign-up',
  '/api/auth/sign-out',
  '/media/x',
  '/%25',
  '/%25E0%25A4%25A',
  `/${'x'.repeat(2_000)}`
])('%s leads nowhere', address => {
  expect(read(address)).toBeNull()
})

test('returns null without a path', () => {
  expect(safeNextPath(null, 'https://foyer.example')).toBeNull()
})

import { CLOSE, type SyncStatus } from '@foyer/sync'
import { expect, test } from 'vitest'
import { syncLine } from './sync-line.ts'

const ACCOUNT = { account: { name: 'Ada', email: 'ada@example.com' }, adopted: true }
const sync = (status: SyncStatus, closeCode: number | null = null) => ({
  status,
  closeCode,
  closeNotice: null
})
const text = (status: SyncStatus, online = true) => syncLine(ACCOUNT, sync(status), online, true).text

test('the words that design.md promises', () => {
  expect(text('synced')).toBe('All changes synced')
  expect(text('syncing')).toBe('Syncing…')
  expect(text('connecting')).toBe('Syncing…')
  expect(text('offline')).toBe('Offline · saved on this device')
  expect(text('connecting', false)).toBe('Offline · saved on this device')
})

test('without an account nothing is promised beyond this device', () => {
  const line = syncLine({ account: null, adopted: false }, null, true, true)
  expect(line).toMatchObject({
    text: 'Saved on this device',
    link: { path: 'sign-up', text: 'Sign up to sync' }
  })
})

test('a workspace that is yet to be handed over is never called synced', () => {
  expect(syncLine({ ...ACCOUNT, adopted: false }, null, true, true).text).toBe('Syncing…')
  expect(syncLine({ ...ACCOUNT, adopted: false }, null, false, true).text).toBe(
    'Offline · saved on this device'
  )
})

test('a session that ended, and a membership that did, are said calmly', () => {
  expect(syncLine(ACCOUNT, sync('refused', CLOSE.signedOut), true, true)).toMatchObject({
    text: 'Signed out · sign in to sync',
    link: { path: 'sign-in' }
  })
  expect(syncLine(ACCOUNT, sync('refused', CLOSE.notAMember), true, true).text).toContain(
    'no longer a member'
  )
  expect(syncLine(ACCOUNT, sync('refused', CLOSE.malformed), true, true).text).toContain('Not synced')
  expect(syncLine(ACCOUNT, sync('refused', CLOSE.appTooOld), true, true).text).toContain('Reload to update')
  expect(syncLine(ACCOUNT, sync('refused', CLOSE.tooLarge), true, true).text).toContain(
    'This workspace is full'
  )
  const closeNotice = { code: 'read-only', message: 'Viewers can read this workspace, not change it.' }
  const readOnly = { ...sync('refused', CLOSE.notAMember), closeNotice }
  expect(syncLine(ACCOUNT, readOnly, true, true).text).toContain('Not synced')
})

test('a device that cannot store is not said to have saved anything', () => {
  const line = syncLine({ account: null, adopted: false }, null, true, false)
  expect(line).toMatchObject({ text: 'Not saved on this device', tone: 'warn', link: { path: 'sign-up' } })
  expect(syncLine(ACCOUNT, sync('offline'), true, false).text).toBe('Offline · not saved on this device')
  expect(syncLine(ACCOUNT, null, false, false).text).toBe('Offline · not saved on this device')
  expect(syncLine(ACCOUNT, sync('synced'), true, false).text).toBe('All changes synced')
})

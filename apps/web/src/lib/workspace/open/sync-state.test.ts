import { CLOSE, type SyncStatus } from '@foyer/sync'
import { expect, test } from 'vitest'
import { refusedState } from './refused-state.ts'
import { syncState } from './sync-state.ts'

const ACCOUNT = { account: { name: 'Ada', email: 'ada@example.com' }, adopted: true }
const sync = (status: SyncStatus, closeCode: number | null = null) => ({
  status,
  closeCode,
  closeNotice: null
})
type Given = Parameters<typeof syncState>
const lineOf = (record: Given[0], sync: Given[1], online: boolean, isStored: boolean) =>
  syncState(record, sync, online, isStored, refusedState)
const text = (status: SyncStatus, online = true) => lineOf(ACCOUNT, sync(status), online, true).text

test('uses the texts of design.md', () => {
  expect(text('synced')).toBe('All changes synced')
  expect(text('syncing')).toBe('Syncing…')
  expect(text('connecting')).toBe('Syncing…')
  expect(text('offline')).toBe('Offline · saved on this device')
  expect(text('connecting', false)).toBe('Offline · saved on this device')
})

test('without an account only saving on this device is reported', () => {
  const line = lineOf({ account: null, adopted: false }, null, true, true)
  expect(line).toMatchObject({
    text: 'Saved on this device',
    link: { path: 'sign-up', text: 'Sign up to sync' }
  })
})

test('a workspace that was not handed over is never reported as synced', () => {
  expect(lineOf({ ...ACCOUNT, adopted: false }, null, true, true).text).toBe('Syncing…')
  expect(lineOf({ ...ACCOUNT, adopted: false }, null, false, true).text).toBe(
    'Offline · saved on this device'
  )
})

test('an ended session or membership is reported without alarm', () => {
  expect(lineOf(ACCOUNT, sync('refused', CLOSE.signedOut), true, true)).toMatchObject({
    text: 'Signed out · sign in to sync',
    link: { path: 'sign-in' }
  })
  expect(lineOf(ACCOUNT, sync('refused', CLOSE.notAMember), true, true).text).toContain('no longer a member')
  expect(lineOf(ACCOUNT, sync('refused', CLOSE.malformed), true, true).text).toContain('Not synced')
  expect(lineOf(ACCOUNT, sync('refused', CLOSE.appTooOld), true, true).text).toContain('Reload to update')
  expect(lineOf(ACCOUNT, sync('refused', CLOSE.tooLarge), true, true).text).toContain(
    'This workspace is full'
  )
  const closeNotice = { code: 'read-only' }
  const readOnly = { ...sync('refused', CLOSE.notAMember), closeNotice }
  expect(lineOf(ACCOUNT, readOnly, true, true).text).toContain('Not synced')
})

test('a device that cannot store is not reported as saved', () => {
  const line = lineOf({ account: null, adopted: false }, null, true, false)
  expect(line).toMatchObject({ text: 'Not saved on this device', tone: 'warn', link: { path: 'sign-up' } })
  expect(lineOf(ACCOUNT, sync('offline'), true, false).text).toBe('Offline · not saved on this device')
  expect(lineOf(ACCOUNT, null, false, false).text).toBe('Offline · not saved on this device')
  expect(lineOf(ACCOUNT, sync('synced'), true, false).text).toBe('All changes synced')
})

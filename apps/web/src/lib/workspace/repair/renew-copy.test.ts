import { CLOSE } from '@foyer/sync'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { planRenewal, unsyncedEdits } from './renew-copy.ts'

const refused = (closeCode: number | null, notice?: string) => ({
  closeCode,
  closeNotice: notice === undefined ? null : { code: notice, message: '' }
})

test('S26 a restored workspace is cloned, and what is unsynced is tried again, however often', () => {
  for (const renewals of [0, 1, 2]) {
    expect(planRenewal(refused(CLOSE.otherGeneration), renewals)).toEqual({
      reason: 'restored',
      carriesOver: true
    })
  }
})

test.each([
  [CLOSE.malformed, 'forged', 'repair'],
  [CLOSE.tooLarge, 'over-quota', 'full']
])('S27 %i is tried again with all, then with nothing, then no more', (code, notice, reason) => {
  expect(planRenewal(refused(code, notice), 0)).toEqual({ reason, carriesOver: true })
  expect(planRenewal(refused(code, notice), 1)).toEqual({ reason, carriesOver: false })
  expect(planRenewal(refused(code, notice), 2)).toBeNull()
})

test('S26 a viewer’s changes are dropped; who is not a member keeps the copy', () => {
  expect(planRenewal(refused(CLOSE.notAMember, 'read-only'), 0)).toEqual({
    reason: 'read-only',
    carriesOver: false
  })
  expect(planRenewal(refused(CLOSE.notAMember), 0)).toBeNull()
})

test.each([CLOSE.signedOut, CLOSE.appTooOld, null])('%s is for a person to settle', code => {
  expect(planRenewal(refused(code), 0)).toBeNull()
})

test('S26 of each field the latest edit that is not synced counts', () => {
  const doc = new Y.Doc()
  doc.getMap('rooms').set('a/name', ['Synced', 1])
  const stored = Y.decodeStateVector(Y.encodeStateVector(doc))
  doc.gcFilter = () => false
  doc.getMap('rooms').set('a/name', ['Later', 9])
  doc.getMap('rooms').set('a/name', ['Earlier', 5])
  doc.getMap('webinars').set('w/name', ['W', 1])
  expect(unsyncedEdits(doc, stored)).toEqual([
    { root: 'rooms', key: 'a/name', entry: ['Later', 9] },
    { root: 'webinars', key: 'w/name', entry: ['W', 1] }
  ])
})

import { expect, test } from 'vitest'
import { makeWorkspaceRecord } from './workspace-record.ts'

test('a workspace made on a device can be adopted by the server', () => {
  const record = makeWorkspaceRecord()
  expect(record.id).toMatch(/^[A-Za-z0-9_-]{21}$/)
  expect(record.linkKey).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(record).toMatchObject({ role: 'owner', account: null, adopted: false })
  expect(makeWorkspaceRecord().id).not.toBe(record.id)
})

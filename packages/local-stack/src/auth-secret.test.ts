import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readOrMakeAuthSecret } from './auth-secret.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'foyer-secret-'))
})
afterEach(() => {
  rmSync(dataDir, { recursive: true })
})

it('is made once, has 32 bytes, and is readable by its owner only', () => {
  const secret = readOrMakeAuthSecret(dataDir)
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
  expect(statSync(path.join(dataDir, 'auth-secret')).mode & 0o777).toBe(0o600)
  expect(readOrMakeAuthSecret(dataDir)).toBe(secret)
})

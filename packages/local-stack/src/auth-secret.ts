import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { readOrMakeSecret } from './secret-file.ts'

/** The secret that signs sessions. */
export const readOrMakeAuthSecret = (dataDir: string): string =>
  readOrMakeSecret(path.join(dataDir, 'auth-secret'), () => randomBytes(32).toString('base64url'))

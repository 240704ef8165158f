import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import path from 'node:path'
import { readOrMakeSecret, writeSecret } from './secret-file.ts'
import { reasonOf, StackError } from './stack-error.ts'

/** Credentials for the data folder's sqld. */
export interface DatabaseAccess {
  /** Ed25519, PEM. sqld verifies tokens with it. */
  publicKey: string
  /** For sqld's clients. */
  authToken: string
}

/**
 * Reads the credentials, or makes them at the first start. sqld answers any website open on this
 * machine (`access-control-allow-origin: *`), so it must require a token. The key is stored in the
 * data folder, with the token beside it for `pnpm restore` and the like.
 * @throws {StackError} the key cannot be read
 */
export function readOrMakeDatabaseAccess(dataDir: string): DatabaseAccess {
  const key = readOrMakeKey(path.join(dataDir, 'database-key.pem'))
  // Ed25519 signatures are deterministic: the same key gives the same token at each start.
  const authToken = signToken(key)
  writeSecret(path.join(dataDir, 'database-token'), authToken)
  return { publicKey: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(), authToken }
}

function readOrMakeKey(file: string): KeyObject {
  try {
    return createPrivateKey(readOrMakeSecret(file, makeKey))
  } catch (error) {
    throw new StackError(`The database's key ${file} cannot be used: ${reasonOf(error)}`)
  }
}

const makeKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

/** Makes a JWT for sqld with read and write access, valid as long as the key. */
function signToken(key: KeyObject): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const content = `${part({ alg: 'EdDSA', typ: 'JWT' })}.${part({ a: 'rw' })}`
  return `${content}.${sign(null, Buffer.from(content), key).toString('base64url')}`
}

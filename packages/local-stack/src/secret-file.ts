import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/** A secret in the data folder: made once, readable by its owner alone. */
export function readOrMakeSecret(file: string, make: () => string): string {
  if (!existsSync(file)) writeSecret(file, make())
  return readFileSync(file, 'utf8')
}

/** Written aside first: a start that is killed halfway must not leave half a secret behind. */
export function writeSecret(file: string, secret: string): void {
  writeFileSync(`${file}.new`, secret, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}

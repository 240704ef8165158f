import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/** Reads a secret of the data folder, or makes it: readable by its owner only. */
export function readOrMakeSecret(file: string, make: () => string): string {
  if (!existsSync(file)) writeSecret(file, make())
  return readFileSync(file, 'utf8')
}

/** Writes to a temporary file first: a killed start must not leave half a secret. */
export function writeSecret(file: string, secret: string): void {
  writeFileSync(`${file}.new`, secret, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}

import { createRequire } from 'node:module'
import { StackError } from './stack-error.ts'

/**
 * The path of sqld's executable. It is in a platform package that only the `sqld` package can
 * import. sqld's own launcher is not used, since its postinstall script fails.
 */
export function findSqldBinary(): string {
  const require = createRequire(import.meta.url)
  const fromSqld = createRequire(require.resolve('sqld/package.json'))
  try {
    return fromSqld.resolve(`@sqld/${process.platform}-${process.arch}/sqld`)
  } catch {
    throw new StackError(
      `There is no sqld for ${process.platform}-${process.arch}. Use another libSQL server with DATABASE_URL=…`
    )
  }
}

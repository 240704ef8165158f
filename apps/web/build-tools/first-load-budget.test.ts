import { expect, test } from 'vitest'
import { checkBudget } from './first-load-budget.ts'
import { gzipBytes } from './first-load.ts'

const files = ['small', 'large'].map((name, at) => ({
  name,
  fileName: `${name}.js`,
  code: Array.from({ length: 1_000 ** at }, (_, n) => `call(${n * n})`).join(),
  imports: [],
  dynamicImports: []
}))
const bytes = gzipBytes(files)

test('prints the size within the budget', () => {
  expect(checkBudget(files, bytes)).toContain(
    `${(bytes / 1_000).toFixed(1)} KB of JavaScript (gzip) in 2 files`
  )
})

test('one byte more fails, listing the largest file first', () => {
  expect(() => checkBudget(files, bytes - 1)).toThrow(/import\(\)[^]*KB {2}large\n[^]*KB {2}small/)
})

test('each file is compressed separately', () => {
  expect(bytes).toBe(gzipBytes(files.slice(0, 1)) + gzipBytes(files.slice(1)))
})

import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { root } from './root.ts'

/** A path in a page: `packages/doc/src/order.ts`, possibly with alternatives `{en,de,ar}`. */
const NAMED = /`((?:apps|packages|workers|drizzle|scripts|docs)\/[^`\s]+)`/g

const alternatives = (name: string): string[] => {
  const [, before = '', inner, after = ''] = /^(.*)\{(.*)\}(.*)$/.exec(name) ?? []
  return inner === undefined ? [name] : inner.split(',').map(part => before + part + after)
}

/** Made by a command: not there before a build. */
const isGenerated = (name: string) => /\/(build|dist)(\/|$)/.test(name)

const pages = globSync(['*.md', 'docs/*.md', 'packages/sync/SPEC.md'], { cwd: root })

test.each(pages)('%s names only files that exist', page => {
  const text = readFileSync(path.join(root, page), 'utf8')
  const names = [...text.matchAll(NAMED)].flatMap(([, name = '']) => alternatives(name))
  expect(names.filter(name => !isGenerated(name) && !existsSync(path.join(root, name)))).toEqual([])
})

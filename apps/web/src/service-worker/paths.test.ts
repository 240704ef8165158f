import { expect, test } from 'vitest'
import { isPagePath, isServerPath } from './paths.ts'

test.each(['/', '/webinars', '/settings/', '/nowhere', '/r/weekly-4lrh', '/r/weekly.', '/R/a.png', '/r/50%'])(
  '%s is a page',
  path => {
    expect(isPagePath(path)).toBe(true)
  }
)

test.each([
  '/robots.txt',
  '/missing.png',
  '/service-worker.js',
  '/_app/immutable/gone',
  '/_headers',
  '/.env'
])('%s is neither a page nor a server path', path => {
  expect([isPagePath(path), isServerPath(path)]).toEqual([false, false])
})

test.each(['/api/health', '/sync/x', '/media', '/.well-known/x', '/cdn-cgi/trace'])(
  '%s is a server path',
  path => {
    expect([isPagePath(path), isServerPath(path)]).toEqual([false, true])
  }
)

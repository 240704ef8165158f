import { expect, it } from 'vitest'
import { wantsPage } from './wants-page.ts'

const NAVIGATION = {
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  accept: 'text/html,*/*;q=0.8'
}
const SCRIPT = { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'script', accept: '*/*' }
const asks = (path: string, headers: Record<string, string> = NAVIGATION, method = 'GET') =>
  wantsPage(new Request(`https://foyer.example${path}`, { headers, method }))

it.each([
  '/',
  '/webinars',
  '/settings/',
  '/r/weekly-4lrh',
  '/r/weekly.png',
  '/R/weekly.',
  '/r/50%',
  '/nowhere?a=b.c'
])('%s is a page', path => {
  expect(asks(path)).toBe(true)
  expect(asks(path, NAVIGATION, 'HEAD')).toBe(true)
  expect(asks(path, { accept: 'text/html' })).toBe(true)
  expect(asks(path, { accept: '*/*' })).toBe(true)
  expect(asks(path, {})).toBe(true)
  expect(asks(path, SCRIPT)).toBe(false)
  expect(asks(path, { accept: 'application/json' })).toBe(false)
  expect(asks(path, NAVIGATION, 'POST')).toBe(false)
})

it.each([
  '/_app/immutable/chunks/gone.js',
  '/_app/immutable/chunks',
  '/_headers',
  '/robots.txt',
  '/missing.png',
  '/favicon.ico?v=2',
  '/.env',
  '/.well-known/security.txt',
  '/.well-known/assetlinks',
  '/nested/deep/file.map',
  '/api/nothing',
  '/media/x',
  '/sync/x',
  '/cdn-cgi/trace'
])('%s is none, even for somebody who opens it', path => {
  expect(asks(path)).toBe(false)
  expect(asks(path, { accept: 'text/html' })).toBe(false)
})

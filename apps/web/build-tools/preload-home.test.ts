import { expect, test } from 'vitest'
import { withPreloads } from './preload-home.ts'

const page = `<head>
		<link href="/_app/entry/start.js" rel="modulepreload">
		<link href="/_app/nodes/0.js" rel="modulepreload">
		<link href="/_app/home.css" rel="stylesheet">
</head>`

test('what the page does not name yet is named behind what it does', () => {
  expect(withPreloads(page, ['_app/entry/start.js', '_app/nodes/4.js', '_app/nodes/0.js'])).toBe(
    page.replace(
      '"/_app/nodes/0.js" rel="modulepreload">',
      '$&\n\t\t<link href="/_app/nodes/4.js" rel="modulepreload">'
    )
  )
})

test('a page that is written otherwise fails the build', () => {
  expect(() => withPreloads('<head></head>', [])).toThrow('names no modules')
})

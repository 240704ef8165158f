import { expect, test } from 'vitest'
import { withPreloads } from './preload-home.ts'

const page = `<head>
    <meta charset="utf-8" />
    <script>theme()</script>
		<link href="/_app/entry/start.js" rel="modulepreload">
		<link href="/_app/nodes/0.js" rel="modulepreload">
		<link href="/_app/home.css" rel="stylesheet">
</head>`

test('preloads all of Home’s files first, each once', () => {
  expect(withPreloads(page, ['_app/entry/start.js', '_app/nodes/4.js'])).toBe(`<head>
    <meta charset="utf-8" />
    <link href="/_app/entry/start.js" rel="modulepreload">
    <link href="/_app/nodes/0.js" rel="modulepreload">
    <link href="/_app/nodes/4.js" rel="modulepreload">
    <link href="/_app/home.css" rel="preload" as="style">
    <script>theme()</script>
		<link href="/_app/home.css" rel="stylesheet">
</head>`)
})

test('an unknown form of the page fails the build', () => {
  expect(() => withPreloads('<head></head>', [])).toThrow('not as SvelteKit writes it')
})

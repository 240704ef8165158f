import { expect, test } from 'vitest'
import { filesOfFirstLoad, nodesOfHome, type BuiltFile } from './first-load.ts'

const file = (name: string, imports: string[] = [], dynamicImports: string[] = []): BuiltFile => ({
  name,
  fileName: `${name}.js`,
  code: '',
  imports: imports.map(each => `${each}.js`),
  dynamicImports: dynamicImports.map(each => `${each}.js`)
})
const names = (files: BuiltFile[]) => files.map(each => each.name).sort()

test('the nodes of Home are its page, its layouts and the root', () => {
  const app = `export const dictionary = {
    "/(app)/history": [6,[2]],
    "/(app)": [4,[2,,3]],
    "/(plain)/r/[slug]": [7,[3]]
  };`
  expect(nodesOfHome(app)).toEqual([0, 1, 2, 3, 4])
  expect(nodesOfHome('export const dictionary = { "/": [~5] };')).toEqual([0, 1, 5])
})

test('an unknown form of the app module is an error', () => {
  expect(() => nodesOfHome('export const routes = {}')).toThrow('dictionary')
  expect(() => nodesOfHome('export const dictionary = { "/about": [2] };')).toThrow('no route for Home')
})

test('static imports belong to the first load, dynamic ones do not', () => {
  const files = [
    file('entry/start', [], ['router']),
    file('router', ['svelte'], ['error-template']),
    file('entry/app', ['helper']),
    file('nodes/0', ['state']),
    file('nodes/2', ['tile'], ['dialog']),
    file('nodes/3', ['guest']),
    file('state', ['yjs']),
    file('yjs', ['state']),
    ...['svelte', 'helper', 'tile', 'guest', 'dialog', 'error-template'].map(name => file(name))
  ]
  const expected = ['entry/app', 'entry/start', 'helper', 'nodes/0', 'nodes/2', 'router']
  expect(names(filesOfFirstLoad(files, [0, 2]))).toEqual([...expected, 'state', 'svelte', 'tile', 'yjs'])
})

test('a missing node is an error', () => {
  expect(() => filesOfFirstLoad([file('entry/start'), file('entry/app')], [0])).toThrow('nodes/0')
})

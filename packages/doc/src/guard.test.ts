import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { checkEntry } from './guard.ts'
import { createRoom, createWebinar, editItem, renameWorkspace, resetLinks } from './mutations.ts'
import { SCHEMA_VERSION, setUpWorkspace } from './workspace.ts'

const ID = 'V1StGXR8_Z5jdHi6B-myT'
const codeOf = (root: string, key: string, before: unknown, after: unknown) =>
  checkEntry(root, key, before, after)?.code ?? null
const links = (slug: string, epoch: number) => [{ slug: `${slug}-abcdefghij`, epoch }, 1]

it('allows everything that the mutations write', () => {
  const doc = new Y.Doc()
  const refused: unknown[] = []
  for (const name of ['rooms', 'webinars', 'workspace']) {
    const root = doc.getMap(name)
    root.observe(event => {
      for (const [key, { oldValue }] of event.keys) {
        const refusal = checkEntry(name, key, oldValue, root.get(key))
        if (refusal !== null) refused.push(refusal)
      }
    })
  }
  setUpWorkspace(doc, 'Mine', 1)
  renameWorkspace(doc, 'Studio', 2)
  const id = createRoom(doc, { name: 'Weekly' }, 1)
  editItem(doc, { kind: 'room', id }, { name: 'Daily', look: { accent: '#aabbcc' }, deletedAt: 5 }, 2)
  resetLinks(doc, { kind: 'room', id }, 3)
  createWebinar(
    doc,
    { name: 'L', schedule: { startsAt: '2026-12-01T10:00', timeZone: 'UTC', minutes: 5 } },
    1
  )
  expect(refused).toEqual([])
})

describe('where', () => {
  it.each([
    ['secrets', 'x', 'unknown-root'],
    ['__proto__', 'x', 'unknown-root'],
    ['workspace', 'owner', 'unknown-key'],
    ['workspace', 'constructor', 'unknown-key'],
    ['rooms', 'name', 'unknown-key'],
    ['rooms', '/name', 'unknown-key'],
    ['rooms', 'short/name', 'unknown-key'],
    ['rooms', `${'x'.repeat(41)}/name`, 'unknown-key'],
    ['rooms', `${ID}/name/name`, 'unknown-key'],
    ['rooms', `${ID}/toString`, 'unknown-key'],
    ['rooms', `${ID}/schedule`, 'unknown-key'],
    ['webinars', `${ID}/name`, null],
    ['rooms', `${ID}/name`, null]
  ])('%s %s: %s', (root, key, code) => {
    expect(codeOf(root, key, undefined, ['Weekly', 1])).toBe(code)
  })
})

describe('what', () => {
  it.each([
    ['name', 'Weekly', 'bad-entry'],
    ['name', ['Weekly'], 'bad-entry'],
    ['name', ['Weekly', 1, 'more'], 'bad-entry'],
    ['name', [' ', 1], 'name-empty'],
    ['name', ['x'.repeat(121), 1], 'name-too-long'],
    ['access', ['everybody', 1], 'not-allowed'],
    ['look', [{ accent: '#aabbcc', hidden: 'x' }, 1], 'not-allowed'],
    ['cover', [Object.create({ preset: 'dawn' }), 1], 'bad-entry']
  ])('%s %j: %s', (field, entry, code) => {
    expect(codeOf('rooms', `${ID}/${field}`, undefined, entry)).toBe(code)
  })

  it.each([
    ['Studio', null],
    [' Studio', 'name-padded'],
    ['', 'name-empty'],
    ['x'.repeat(121), 'name-too-long'],
    ['My\nworkspace', 'name-control-character'],
    [7, 'name-not-a-text'],
    [null, 'name-not-a-text']
  ])('the workspace called %j: %s', (name, code) => {
    expect(codeOf('workspace', 'name', ['Mine', 1], [name, 2])).toBe(code)
  })

  it.each([
    [
      'rooms',
      `${ID}/name`,
      'x'.repeat(121),
      { code: 'name-too-long', id: ID, field: 'name', params: { most: 120 } }
    ],
    ['rooms', `${ID}/schedule`, 1, { code: 'unknown-key', id: ID, field: 'schedule' }],
    ['rooms', `${ID}/<b>hostile</b>`, 1, { code: 'unknown-key', id: ID }],
    ['rooms', `${'x'.repeat(200)}/name`, 1, { code: 'unknown-key', field: 'name' }],
    ['workspace', 'name', '', { code: 'name-empty', field: 'name' }],
    ['workspace', 'toString', '', { code: 'unknown-key' }]
  ])('says what is wrong in %s %s, and repeats nothing that is not known', (root, key, value, refusal) => {
    expect(checkEntry(root, key, undefined, [value, 1])).toEqual({ root, ...refusal })
  })

  it('does not echo an unknown root', () => {
    expect(checkEntry('secrets', 'x', undefined, [1, 1])).toEqual({ code: 'unknown-root' })
  })
})

describe('from what to what', () => {
  it.each([
    ['created may be repeated', 'created', [5, 1], [5, 2], null],
    ['created does not change', 'created', [5, 1], [6, 2], 'created-twice'],
    ['created may be put right', 'created', ['soon', 1], [6, 2], null],
    ['a new slug raises the epoch', 'links', links('a', 1), links('b', 2), null],
    ['several resets made offline come at once', 'links', links('a', 1), links('b', 4), null],
    ['an epoch rises with the same slug', 'links', links('a', 1), links('a', 2), null],
    ['a new slug keeps the epoch', 'links', links('a', 1), links('b', 1), 'links-kept-epoch'],
    ['a new slug lowers the epoch', 'links', links('a', 2), links('b', 1), 'links-kept-epoch'],
    ['the same slug lowers the epoch', 'links', links('a', 2), links('a', 1), 'links-kept-epoch'],
    ['links that were none bind nobody', 'links', [null, 1], links('a', 1), null],
    ['a value is taken out', 'name', ['Weekly', 1], undefined, 'removed-entry'],
    ['created is taken out, to be written anew', 'created', [5, 1], undefined, 'removed-entry'],
    ['what was not valid is taken out', 'name', ['', 1], undefined, null],
    ['what was not there is taken out', 'name', undefined, undefined, null]
  ])('%s', (_what, field, before, after, code) => {
    expect(codeOf('rooms', `${ID}/${field}`, before, after)).toBe(code)
  })

  it('a workspace’s name cannot be removed', () => {
    expect(codeOf('workspace', 'name', ['Mine', 1], undefined)).toBe('removed-entry')
  })

  it('the version neither falls nor exceeds the server’s', () => {
    expect(codeOf('workspace', 'schemaVersion', undefined, [SCHEMA_VERSION, 1])).toBeNull()
    expect(codeOf('workspace', 'schemaVersion', [SCHEMA_VERSION + 1, 1], [SCHEMA_VERSION, 2])).toBe(
      'version-fell'
    )
    expect(codeOf('workspace', 'schemaVersion', [SCHEMA_VERSION, 1], [SCHEMA_VERSION + 1, 2])).toBe(
      'version-unknown'
    )
  })
})

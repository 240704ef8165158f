import type { Notice } from '@foyer/sync'
import { expect, test } from 'vitest'
import { addNote, editWords, refusalWords } from './refusal-words.ts'

const ROOM = 'V1StGXR8_Z5jdHi6B-myT'
const nameOf = ({ kind, id }: { kind: string; id: string }) =>
  kind === 'room' && id === ROOM ? 'Clients' : undefined
const words = (notice: Notice) => refusalWords(notice, nameOf)
const room = { root: 'rooms', id: ROOM }

test.each<[Notice, string]>([
  [
    { code: 'name-empty', ...room, field: 'name' },
    'A change to the name of “Clients” was rejected and undone. The name is empty.'
  ],
  [
    { code: 'name-too-long', ...room, field: 'name', params: { most: 120 } },
    'A change to the name of “Clients” was rejected and undone. The name is longer than 120 characters.'
  ],
  [
    { code: 'name-empty', root: 'workspace', field: 'name' },
    'A change was rejected and undone. The name is empty.'
  ],
  [
    { code: 'not-allowed', ...room, field: 'look' },
    'A change to the look of “Clients” was rejected and undone.'
  ],
  [
    { code: 'bad-entry', root: 'webinars', id: ROOM, field: 'name' },
    'A change to the name was rejected and undone.'
  ],
  [
    { code: 'created-twice', ...room, field: 'created' },
    'A change to the creation of “Clients” was rejected and undone.'
  ],
  [
    { code: 'links-kept-epoch', ...room, field: 'links' },
    'A change to the links of “Clients” was rejected and undone.'
  ],
  [{ code: 'unknown-key', root: 'rooms' }, 'A change was rejected and undone.'],
  [
    { code: 'slug-taken', ...room, field: 'links' },
    'The link of “Clients” already belongs to something else, so it got a new one.'
  ],
  [{ code: 'version-fell', root: 'workspace' }, 'A change by another version of Foyer was rejected.'],
  [{ code: 'of-a-later-server', ...room }, 'A change to “Clients” was rejected and undone.'],
  [{ code: 'toString', root: 'constructor', id: '__proto__' }, 'A change was rejected and undone.']
])('%j is said in a person’s words', (notice, expected) => {
  expect(words(notice)).toBe(expected)
})

test('what a server puts into a notice comes on the screen in this app’s words alone', () => {
  const notice = {
    code: 'name-too-long',
    ...room,
    field: '<b>\u202e'
  }
  expect(words(notice)).toBe('A change to “Clients” was rejected and undone.')
})

test('nobody hears of what the repair tells, or of what is no change', () => {
  for (const code of ['forged', 'malformed', 'read-only', 'over-quota', 'foreign-awareness']) {
    expect(words({ code })).toBeNull()
  }
})

test('edits are named item by item', () => {
  const edit = (key: string, root = 'rooms') => ({ root, key, entry: ['x', 1] })
  expect(editWords([edit(`${ROOM}/name`), edit('unknown/name'), edit(`${ROOM}/cover`)], nameOf)).toBe(
    '“Clients” (name, cover), a room (name)'
  )
  expect(editWords([edit(`${ROOM}/name`), edit(`${ROOM}/created`)], nameOf)).toBe('the new room “Clients”')
  expect(editWords([edit('other/created', 'webinars'), edit('name', 'workspace')], nameOf)).toBe(
    'a new webinar, the workspace'
  )
})

test('a note is said once, and not without end', () => {
  expect(addNote(['a'], 'a')).toEqual(['a'])
  const many = Array.from({ length: 30 }, (_, i) => String(i)).reduce<readonly string[]>(addNote, [])
  expect(many).toHaveLength(20)
  expect(many.at(-1)).toBe('29')
})

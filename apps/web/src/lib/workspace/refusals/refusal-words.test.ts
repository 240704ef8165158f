import { expect, test } from 'vitest'
import { addNote, editWords, refusalWords } from './refusal-words.ts'

const ROOM = 'V1StGXR8_Z5jdHi6B-myT'
const nameOf = ({ kind, id }: { kind: string; id: string }) =>
  kind === 'room' && id === ROOM ? 'Clients' : undefined
const words = (code: string, message: string) => refusalWords({ code, message }, nameOf)

test.each([
  [
    'bad-value',
    `rooms/${ROOM}/name: The name is empty.`,
    'A change of the name of “Clients” was not accepted and is as before. The name is empty.'
  ],
  [
    'bad-value',
    `rooms/${ROOM}/look: Invalid key: Expected never but received "x"`,
    'A change of the look of “Clients” was not accepted and is as before.'
  ],
  [
    'bad-entry',
    `webinars/${ROOM}/name is not a value with the time of its edit.`,
    'A change of the name was not accepted and is as before.'
  ],
  [
    'created-twice',
    `${ROOM}/created was written before and does not change.`,
    'A change of the creation of “Clients” was not accepted and is as before.'
  ],
  [
    'links-kept-epoch',
    `${ROOM}/links: a new slug needs a higher epoch, and no epoch ever falls.`,
    'A change of the links of “Clients” was not accepted and is as before.'
  ],
  ['unknown-key', 'There is no rooms/x/y in a workspace.', 'A change was not accepted and is as before.'],
  ['version-fell', 'x', 'A change by another version of Foyer was not accepted.']
])('%s of %s is said in a person’s words', (code, message, expected) => {
  expect(words(code, message)).toBe(expected)
})

test('nobody hears of what the repair tells, or of what is no change', () => {
  for (const code of ['forged', 'malformed', 'read-only', 'over-quota', 'foreign-awareness']) {
    expect(words(code, 'x')).toBeNull()
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

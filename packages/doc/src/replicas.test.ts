import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { createItemIndex } from './item-index.ts'
import { createRoom, createWebinar, editItem, purgeItem, resetLinks } from './mutations.ts'
import { isGone, readItems, type Item } from './read.ts'
import { InvalidValueError } from './refusals.ts'
import { ITEM_KINDS, type ItemRef } from './item-kinds.ts'

const schedule = { startsAt: '2026-12-01T10:00', timeZone: 'Europe/Berlin', minutes: 45 }
/** Texts with the usual problems: lone surrogates, blanks, invisible characters. */
const text = fc.string({
  unit: fc.constantFrom('a', 'B', ' ', '\ud83d', '\ude00', 'é', '\u200b'),
  maxLength: 6
})
const replica = fc.nat(1)
const edit = fc.oneof(
  fc.record({ do: fc.constant('room' as const), name: text }),
  fc.record({ do: fc.constant('webinar' as const), name: text }),
  fc.record({ do: fc.constant('rename' as const), item: fc.nat(9), name: text }),
  fc.record({
    do: fc.constant('access' as const),
    item: fc.nat(9),
    access: fc.constantFrom('open', 'ask', 'team')
  }),
  fc.record({ do: fc.constant('welcome' as const), item: fc.nat(9), welcome: text }),
  fc.record({ do: fc.constant('delete' as const), item: fc.nat(9), at: fc.option(fc.nat(99)) }),
  fc.record({ do: fc.constant('reset' as const), item: fc.nat(9) }),
  fc.record({ do: fc.constant('purge' as const), item: fc.nat(9) }),
  fc.record({ do: fc.constant('send' as const) })
)
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never

const items = (doc: Y.Doc): Item[] =>
  ITEM_KINDS.flatMap(kind => readItems(doc, kind) as Item[]).sort((a, b) => (a.id < b.id ? -1 : 1))

const send = (from: Y.Doc, to: Y.Doc) => {
  Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)))
}

const act = (doc: Y.Doc, other: Y.Doc, edit: Edit, now: number) => {
  const present = items(doc)
  const ref: ItemRef = present[('item' in edit ? edit.item : 0) % present.length] ?? {
    kind: 'room',
    id: 'none'
  }
  switch (edit.do) {
    case 'room':
      createRoom(doc, edit, now)
      break
    case 'webinar':
      createWebinar(doc, { name: edit.name, schedule }, now)
      break
    case 'rename':
      editItem(doc, ref, { name: edit.name }, now)
      break
    case 'access':
      editItem(doc, ref, { access: edit.access }, now)
      break
    case 'welcome':
      editItem(doc, ref, { look: { accent: '#aabbcc', welcome: edit.welcome } }, now)
      break
    case 'delete':
      editItem(doc, ref, { deletedAt: edit.at }, now)
      break
    case 'reset':
      resetLinks(doc, ref, now)
      break
    case 'purge':
      purgeItem(doc, ref)
      break
    case 'send':
      send(doc, other)
  }
}

it('two replicas converge, whatever they did and whenever they synced', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(replica, edit), { maxLength: 40 }), steps => {
      const docs = [new Y.Doc(), new Y.Doc()] as const
      const indexes = docs.map(createItemIndex)
      for (const [now, [which, edit]] of steps.entries()) {
        try {
          act(docs[which] ?? docs[0], docs[1 - which] ?? docs[1], edit, now)
        } catch (error) {
          if (!(error instanceof InvalidValueError)) throw error
        }
      }
      send(docs[0], docs[1])
      send(docs[1], docs[0])

      expect(items(docs[0])).toEqual(items(docs[1]))
      for (const [at, index] of indexes.entries()) {
        for (const kind of ITEM_KINDS) {
          const listed = readItems(docs[at] ?? docs[0], kind).filter(item => !isGone(item))
          expect(Object.fromEntries(index.items(kind))).toEqual(
            Object.fromEntries(listed.map(item => [item.id, item]))
          )
        }
      }
    }),
    { numRuns: 200 }
  )
})

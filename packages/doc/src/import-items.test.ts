import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { exportItems } from './export-items.ts'
import { checkEntry } from './guard.ts'
import { identityElsewhere, planItem, slugOwners, writeImport } from './import-items.ts'
import { createRoom, createWebinar, deleteForGood, editItem, purgeItem, resetLinks } from './mutations.ts'
import { parseExportedItem, type ImportedItem } from './parse-item.ts'
import { ROOT_OF } from './keys.ts'
import { readItem, readItems, type Item } from './read.ts'
import { InvalidValueError } from './refusals.ts'
import type { Entry } from './entry.ts'
import { ITEM_KINDS, type ItemRef } from './item-kinds.ts'
import type { Links } from './schema.ts'

const LATEST = 1_000
const NOW = Date.UTC(2026, 0, 1)
const schedule = { startsAt: '2026-12-01T10:00', timeZone: 'Europe/Berlin', minutes: 45 }

/** The document's items, exported to a file and parsed again. */
const fileOf = (doc: Y.Doc): ImportedItem[] =>
  ITEM_KINDS.flatMap(kind =>
    (JSON.parse(JSON.stringify([...exportItems(doc, kind, () => undefined)])) as unknown[]).map(raw => {
      const result = parseExportedItem(kind, raw, LATEST)
      if ('faults' in result) throw new Error(JSON.stringify(result.faults))
      return result.item
    })
  )
const ofOtherWorkspace = (items: ImportedItem[]) =>
  Promise.all(
    items.map(async item => ({ ...item, elsewhere: await identityElsewhere(item, 'theirs', 'ours') }))
  )
const all = (doc: Y.Doc): Item[] =>
  ITEM_KINDS.flatMap(kind => readItems(doc, kind) as Item[]).sort((a, b) => (a.id < b.id ? -1 : 1))
const bring = (doc: Y.Doc, items: ImportedItem[], now = NOW) => {
  const owners = slugOwners(doc)
  const plan = items.map(item => planItem(doc, item, owners, now))
  writeImport(doc, plan)
  return plan
}
const fates = (plan: { fate: string }[]) => plan.map(({ fate }) => fate)

let doc: Y.Doc
let room: ItemRef
beforeEach(() => {
  doc = new Y.Doc()
  room = { kind: 'room', id: createRoom(doc, { name: 'Weekly' }, 1) }
  createWebinar(doc, { name: 'Launch', schedule, description: 'All of it' }, 2)
  editItem(doc, room, { look: { accent: '#aabbcc', welcome: 'Hi' }, lobby: { layout: 'side' } }, 3)
})

it('brings everything into an empty document, entry by entry, with a new epoch', () => {
  editItem(doc, room, { deletedAt: 5 }, 5)
  const fresh = new Y.Doc()
  expect(fates(bring(fresh, fileOf(doc)))).toEqual(['new', 'new'])
  for (const kind of ITEM_KINDS) {
    const root = ROOT_OF[kind]
    const entries = doc.getMap(root).toJSON()
    for (const [key, [value, editedAt]] of Object.entries(entries) as [string, Entry][]) {
      if (!key.endsWith('/links')) continue
      entries[key] = [{ ...(value as Links), epoch: readItems(fresh, kind)[0]!.epoch }, editedAt]
    }
    expect(fresh.getMap(root).toJSON()).toEqual(entries)
  }
})

it('changes nothing the second time', () => {
  const fresh = new Y.Doc()
  bring(fresh, fileOf(doc))
  const before = Y.encodeStateVector(fresh)
  expect(fates(bring(fresh, fileOf(doc)))).toEqual(['same', 'same'])
  expect(Y.encodeStateVector(fresh)).toEqual(before)
})

it('keeps the later edit of each field', () => {
  const fresh = new Y.Doc()
  bring(fresh, fileOf(doc))
  editItem(doc, room, { name: 'Earlier', access: 'open' }, 10)
  editItem(fresh, room, { name: 'Later' }, 20)
  const [first] = bring(fresh, fileOf(doc))
  expect(first).toMatchObject({ fate: 'changed', fields: ['access'], name: 'Later' })
  expect(readItem(fresh, room)).toMatchObject({ name: 'Later', access: 'open' })
})

it('keeps the value here on equal edit times', () => {
  const fresh = new Y.Doc()
  bring(fresh, fileOf(doc))
  editItem(doc, room, { name: 'Theirs' }, 10)
  editItem(fresh, room, { name: 'Ours' }, 10)
  expect(fates(bring(fresh, fileOf(doc)))).toEqual(['same', 'same'])
})

it('clamps edit times to the time of the file', () => {
  editItem(doc, room, { name: 'From a clock that is wrong' }, LATEST + 50)
  const fresh = new Y.Doc()
  bring(fresh, fileOf(doc))
  editItem(fresh, room, { name: 'Afterwards' }, LATEST + 10)
  expect(fates(bring(fresh, fileOf(doc)))).toEqual(['same', 'same'])
})

describe('an item deleted for good', () => {
  it('stays gone while its entries are in the document, and is reported', () => {
    editItem(doc, room, { name: 'Later' }, 900)
    const file = fileOf(doc)
    deleteForGood(doc, room, 20)
    const before = Y.encodeStateVector(doc)
    const [plan, other] = bring(doc, file)
    expect(plan).toMatchObject({ fate: 'gone', name: 'Later', fields: [], pictures: [], lastUsedAt: null })
    expect(other!.fate).toBe('same')
    expect(Y.encodeStateVector(doc)).toEqual(before)
  })

  it('is recreated with its participant link', () => {
    const file = fileOf(doc)
    const before = readItem(doc, room)!
    purgeItem(doc, room)
    expect(fates(bring(doc, file))).toEqual(['new', 'same'])
    expect(readItem(doc, room)).toEqual({ ...before, epoch: expect.any(Number) as number })
    expect(fates(bring(doc, file, NOW + 60_000))).toEqual(['same', 'same'])
  })

  it('never reuses an epoch, however often it is imported from one file', async () => {
    const ownFile = fileOf(doc)
    const foreignFile = await ofOtherWorkspace(fileOf(doc))
    for (const file of [ownFile, foreignFile]) {
      const ours = new Y.Doc()
      const epochs = [1]
      for (let round = 1; round < 4; round++) {
        const [plan] = bring(ours, file, NOW + round * 60_000)
        epochs.push(readItem(ours, plan!)!.epoch)
        resetLinks(ours, plan!, 20)
        epochs.push(readItem(ours, plan!)!.epoch)
        purgeItem(ours, plan!)
      }
      expect(epochs).toEqual([...new Set(epochs)].sort((a, b) => a - b))
    }
  })
})

describe('links', () => {
  it('never go back to an earlier epoch', () => {
    const file = fileOf(doc)
    resetLinks(doc, room, 20)
    const { slug } = readItem(doc, room)!
    for (const item of file) item.entries.links![1] = 900
    bring(doc, file)
    expect(readItem(doc, room)).toMatchObject({ slug, epoch: 2 })
  })

  it('are new if another item has them', () => {
    const [copied] = fileOf(doc)
    const [plan] = bring(doc, [{ ...copied!, id: 'copied-by-hand' }])
    expect(plan!.fate).toBe('new')
    const copy = readItem(doc, { kind: 'room', id: 'copied-by-hand' })
    expect(copy).toMatchObject({ name: 'Weekly' })
    expect(copy!.slug).not.toBe(readItem(doc, room)!.slug)
    expect(fates(bring(doc, [{ ...copied!, id: 'copied-by-hand' }]))).toEqual(['same'])
  })
})

describe('from another workspace', () => {
  it('items get an id and links of their own, the same ones each time', async () => {
    const ours = new Y.Doc()
    resetLinks(doc, room, 4)
    const file = await ofOtherWorkspace(fileOf(doc))
    expect(fates(bring(ours, file))).toEqual(['new', 'new'])
    const [copy] = readItems(ours, 'room')
    const original = readItem(doc, room)!
    expect(copy).toMatchObject({ name: 'Weekly', createdAt: original.createdAt })
    expect(copy!.id).toMatch(/^[\w-]{21}$/)
    expect(copy!.id).not.toBe(original.id)
    expect(copy!.slug).toMatch(/^weekly-[a-z2-7]{10}$/)
    expect(copy!.slug).not.toBe(original.slug)

    expect(fates(bring(ours, await ofOtherWorkspace(fileOf(doc))))).toEqual(['same', 'same'])
    const otherDevice = new Y.Doc()
    bring(otherDevice, file)
    expect(all(otherDevice)).toEqual(all(ours))
  })

  it('a later file brings newer edits, and leaves the links', async () => {
    const ours = new Y.Doc()
    bring(ours, await ofOtherWorkspace(fileOf(doc)))
    const { slug, epoch } = readItems(ours, 'room')[0]!
    editItem(doc, room, { name: 'Daily' }, 30)
    resetLinks(doc, room, 31)
    expect(fates(bring(ours, await ofOtherWorkspace(fileOf(doc))))).toEqual(['changed', 'same'])
    expect(readItems(ours, 'room')).toEqual([expect.objectContaining({ name: 'Daily', slug, epoch })])
  })

  it('an item moved by signing in is the same item', async () => {
    const ours = new Y.Doc()
    bring(ours, fileOf(doc))
    expect(fates(bring(ours, await ofOtherWorkspace(fileOf(doc))))).toEqual(['same', 'same'])
    expect(all(ours).map(({ id, slug }) => [id, slug])).toEqual(all(doc).map(({ id, slug }) => [id, slug]))
  })
})

const edit = fc.record({
  do: fc.constantFrom('room', 'webinar', 'rename', 'access', 'delete', 'reset', 'purge', 'gone', 'share'),
  where: fc.nat(1),
  item: fc.nat(9),
  value: fc.nat(2),
  at: fc.nat(60)
})
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never

const act = (docs: Y.Doc[], { do: what, where, item, value, at }: Edit) => {
  const doc = docs[where]!
  const items = all(doc)
  const ref: ItemRef = items[item % items.length] ?? { kind: 'room', id: 'none' }
  if (what === 'room') createRoom(doc, { name: `R${value}` }, at)
  else if (what === 'webinar') createWebinar(doc, { name: `W${value}`, schedule }, at)
  else if (what === 'rename') editItem(doc, ref, { name: `N${value}` }, at)
  else if (what === 'access') editItem(doc, ref, { access: value === 0 ? 'open' : 'team' }, at)
  else if (what === 'delete') editItem(doc, ref, { deletedAt: value === 0 ? null : at }, at)
  else if (what === 'reset') resetLinks(doc, ref, at)
  else if (what === 'purge') purgeItem(doc, ref)
  else if (what === 'gone') deleteForGood(doc, ref, at)
  else Y.applyUpdate(docs[1 - where]!, Y.encodeStateAsUpdate(doc))
}

it('writes nothing that the guard refuses, and nothing the second time, whatever happened before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { maxLength: 30 }), fc.boolean(), async (edits, isForeign) => {
      const docs = [new Y.Doc(), new Y.Doc()]
      for (const step of edits) {
        try {
          act(docs, step)
        } catch (error) {
          if (!(error instanceof InvalidValueError)) throw error
        }
      }
      const [from, to] = docs as [Y.Doc, Y.Doc]
      const refused: unknown[] = []
      for (const kind of ITEM_KINDS) {
        const root = to.getMap(ROOT_OF[kind])
        root.observe(event => {
          for (const [key, { oldValue }] of event.keys) {
            const refusal = checkEntry(ROOT_OF[kind], key, oldValue, root.get(key))
            if (refusal !== null) refused.push(refusal)
          }
        })
      }
      const file = isForeign ? await ofOtherWorkspace(fileOf(from)) : fileOf(from)
      const plan = bring(to, file)
      expect(refused).toEqual([])
      expect(new Set(all(to).map(({ slug }) => slug)).size).toBe(all(to).length)
      for (const { kind, id } of plan) expect(readItem(to, { kind, id })).toBeDefined()

      const after = Y.encodeStateVector(to)
      expect(new Set(fates(bring(to, file)))).not.toContain('new')
      expect(Y.encodeStateVector(to)).toEqual(after)
    }),
    { numRuns: 300 }
  )
})

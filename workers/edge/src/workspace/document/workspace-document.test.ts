import { createRoom, createWebinar, editItem, itemRoot, readItem, resetLinks } from '@foyer/doc'
import type { Entry, ItemRef, Schedule } from '@foyer/doc'
import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { rawUpdate } from '../../../test/raw-update.ts'
import { BOUNDS } from '../update/update-bounds.ts'
import { createWorkspaceDocument, type WorkspaceDocument, type Author } from './workspace-document.ts'

const NOW = Date.parse('2026-12-01T10:00Z')
const DAY = 86_400_000
const ADA: Author = { userId: 'ada', role: 'member' }
const BOB: Author = { userId: 'bob', role: 'member' }

const openDocument = () => createWorkspaceDocument({ snapshot: null, updates: [], clients: new Map() })
const replicaOf = (document: WorkspaceDocument) => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, document.snapshot())
  return doc
}
const keysIn = (document: WorkspaceDocument) => [...itemRoot(replicaOf(document), 'room').keys()]
/** What a device's edits since its last message are. */
const editsOf = (doc: Y.Doc, edit: () => void) => {
  const before = Y.encodeStateVector(doc)
  edit()
  return Y.encodeStateAsUpdate(doc, before)
}
const set = (doc: Y.Doc, key: string, entry: Entry) => itemRoot(doc, 'room').set(key, entry)

describe('deleted for good (deletedAt is 0)', () => {
  /** A document with a room, and two devices that have it. */
  const withRoom = () => {
    const document = openDocument()
    const ada = new Y.Doc()
    const id = createRoom(ada, { name: 'Weekly' }, NOW - DAY)
    document.apply([{ update: Y.encodeStateAsUpdate(ada), author: ADA }], NOW - DAY)
    const bob = replicaOf(document)
    const ref = { kind: 'room', id } as const
    const forGood = editsOf.bind(null, ada, () => editItem(ada, ref, { deletedAt: 0 }, NOW))
    return { document, ada, bob, id, ref, forGood }
  }

  it.each([
    ['minutes ago', NOW - 60_000],
    ['long ago', NOW - 29 * DAY],
    ['never before', null]
  ])('an item that was deleted %s is gone with the same commit', (_when, deletedAt) => {
    const { document, ada, ref, forGood } = withRoom()
    if (deletedAt !== null) {
      const deleted = editsOf(ada, () => editItem(ada, ref, { deletedAt }, deletedAt))
      document.apply([{ update: deleted, author: ADA }], Math.max(deletedAt, NOW - DAY))
    }
    const { update, projected, outcomes, activity } = document.apply(
      [{ update: forGood(), author: ADA }],
      NOW
    )
    expect(outcomes).toEqual([{ type: 'applied', refusals: [] }])
    expect(keysIn(document)).toEqual([])
    expect(projected).toEqual([{ ref, item: undefined, linksChanged: true }])
    expect(new Set(activity.map(({ userId, to }) => [userId, to].join()))).toEqual(new Set(['ada,']))
    Y.applyUpdate(ada, update!)
    expect([...itemRoot(ada, 'room').keys()]).toEqual([])
  })

  it('an item made, deleted and deleted for good offline was never there', () => {
    const document = openDocument()
    const ada = new Y.Doc({ gc: false }) // as the app keeps what the server has not got
    const ref = { kind: 'room', id: createRoom(ada, { name: 'Never seen' }, NOW - 60_000) } as const
    editItem(ada, ref, { name: 'Still not' }, NOW - 50_000)
    editItem(ada, ref, { deletedAt: NOW - 40_000 }, NOW - 40_000)
    editItem(ada, ref, { deletedAt: 0 }, NOW)
    const { projected, activity } = document.apply([{ update: Y.encodeStateAsUpdate(ada), author: ADA }], NOW)
    expect(keysIn(document)).toEqual([])
    expect(projected).toEqual([{ ref, item: undefined, linksChanged: true }])
    expect(activity).toEqual([])
    expect(document.isDue(NOW)).toBe(false)
  })

  it.each([
    ['in the same commit', true],
    ['later', false]
  ])('a rename by a device that did not know, %s, brings nothing back', (_when, together) => {
    const { document, bob, id, ref, forGood } = withRoom()
    const renamed = editsOf(bob, () => {
      editItem(bob, ref, { name: 'Renamed', access: 'open' }, NOW + 1_000)
      set(bob, `${id}/description`, ['no such field', NOW])
    })
    const messages = [
      { update: forGood(), author: ADA },
      { update: renamed, author: BOB }
    ]
    if (together) document.apply(messages, NOW)
    else for (const message of messages) document.apply([message], NOW)
    expect(keysIn(document)).toEqual([])
  })

  it('takes a later rename along: only a later restore keeps an item', () => {
    const { document, bob, ref, forGood } = withRoom()
    const renamed = editsOf(bob, () => editItem(bob, ref, { name: 'Renamed' }, NOW + 1_000))
    document.apply([{ update: renamed, author: BOB }], NOW)
    document.apply([{ update: forGood(), author: ADA }], NOW)
    expect(keysIn(document)).toEqual([])
  })

  it('a later restore that came first keeps the item', () => {
    const { document, ada, bob, id, ref, forGood } = withRoom()
    const deleted = editsOf(ada, () => editItem(ada, ref, { deletedAt: NOW - 60_000 }, NOW - 60_000))
    document.apply([{ update: deleted, author: ADA }], NOW)
    Y.applyUpdate(bob, document.snapshot())
    const restored = editsOf(bob, () => editItem(bob, ref, { deletedAt: null }, NOW + 1_000))
    document.apply([{ update: restored, author: BOB }], NOW)
    document.apply([{ update: forGood(), author: ADA }], NOW)
    expect(itemRoot(replicaOf(document), 'room').get(`${id}/deletedAt`)?.[0]).toBeNull()
    expect(keysIn(document)).toContain(`${id}/name`)
  })

  it('is not for viewers', () => {
    const { document, id, forGood } = withRoom()
    const [outcome] = document.apply(
      [{ update: forGood(), author: { userId: 'eve', role: 'viewer' } }],
      NOW
    ).outcomes
    expect(outcome).toMatchObject({ type: 'refused', error: { noticeCode: 'read-only' } })
    expect(keysIn(document)).toContain(`${id}/name`)
  })
})

describe('Yjs clients', () => {
  /** A state vector that names so many clients. */
  const stateVectorOf = (clients: number) => {
    const encoder = createEncoder()
    writeVarUint(encoder, clients)
    for (let client = 1; client <= clients; client++) {
      writeVarUint(encoder, client)
      writeVarUint(encoder, 1)
    }
    return toUint8Array(encoder)
  }

  it('are limited per person', () => {
    const known = new Y.Doc()
    const clients = new Map(Array.from({ length: BOUNDS.clientsOfPerson - 1 }, (_, i) => [i + 1, 'ada']))
    const document = createWorkspaceDocument({ snapshot: null, updates: [], clients })
    const roomOf = (doc: Y.Doc) => editsOf(doc, () => createRoom(doc, { name: 'Weekly' }, NOW))
    const apply = (doc: Y.Doc, author: Author) => {
      return document.apply([{ update: roomOf(doc), author }], NOW).outcomes
    }
    expect(apply(known, ADA)).toEqual([{ type: 'applied', refusals: [] }])
    expect(apply(new Y.Doc(), ADA)).toMatchObject([
      { type: 'refused', error: { closeCode: 4413, noticeCode: 'too-many-clients' } }
    ])
    expect(apply(known, ADA)).toMatchObject([{ type: 'applied' }])
    expect(apply(new Y.Doc(), BOB)).toMatchObject([{ type: 'applied' }])
    expect(keysIn(document).filter(key => key.endsWith('/name'))).toHaveLength(3)
  })

  it('in a state vector are limited to those of the document and of a long-offline device', () => {
    const document = openDocument()
    expect(document.missing(stateVectorOf(BOUNDS.clients))).toEqual(document.snapshot())
    expect(() => document.missing(stateVectorOf(BOUNDS.clients + 1))).toThrow('too many clients')
  })
})

describe('an epoch', () => {
  const TOP = 1_000_000_000
  const linksOf = (doc: Y.Doc, ref: ItemRef) => {
    const { slug, epoch } = readItem(doc, ref)!
    return { slug, epoch }
  }

  it.each([
    ['of a new item', 'made'],
    ['of an item that is there', 'changed']
  ])('%s that leaves no room for resets is lowered', (_which, how) => {
    const document = openDocument()
    const ada = new Y.Doc()
    const ref = { kind: 'room', id: createRoom(ada, { name: 'Weekly' }, NOW - DAY) } as const
    const use = () => set(ada, `${ref.id}/links`, [{ slug: 'used-up-abcdefghij', epoch: TOP }, NOW])
    if (how === 'made') use()
    document.apply([{ update: Y.encodeStateAsUpdate(ada), author: ADA }], NOW)
    if (how === 'changed') document.apply([{ update: editsOf(ada, use), author: ADA }], NOW)
    const bob = replicaOf(document)
    const taken = linksOf(bob, ref)
    expect(taken.slug).toBe('used-up-abcdefghij')
    expect(taken.epoch).toBeGreaterThan(1)
    expect(taken.epoch).toBeLessThan(TOP / 2)
    const reset = editsOf(bob, () => {
      resetLinks(bob, ref, NOW + 1)
    })
    expect(document.apply([{ update: reset, author: BOB }], NOW + 1)).toMatchObject({ corrected: false })
    expect(linksOf(replicaOf(document), ref)).toEqual(linksOf(bob, ref))
  })

  it('above the writable maximum can still rise by one', () => {
    const ada = new Y.Doc()
    const ref = { kind: 'room', id: createRoom(ada, { name: 'Weekly' }, NOW - DAY) } as const
    set(ada, `${ref.id}/links`, [{ slug: 'used-up-abcdefghij', epoch: TOP }, NOW])
    const snapshot = { seq: 1, bytes: Y.encodeStateAsUpdate(ada) }
    const document = createWorkspaceDocument({
      snapshot,
      updates: [],
      clients: new Map([[ada.clientID, 'ada']])
    })
    const reset = editsOf(ada, () => {
      resetLinks(ada, ref, NOW)
    })
    document.apply([{ update: reset, author: ADA }], NOW)
    expect(linksOf(replicaOf(document), ref)).toEqual(linksOf(ada, ref))
    expect(linksOf(ada, ref).epoch).toBe(TOP + 1)
  })
})

describe('a future time', () => {
  const YEARS = 3_000 * DAY
  const valueOf = (doc: Y.Doc, key: string) => itemRoot(doc, 'room').get(key)

  it.each(['created', 'deletedAt'])('counts as now where it is written: %s', field => {
    const document = openDocument()
    const ada = new Y.Doc()
    const id = createRoom(ada, { name: 'Weekly' }, NOW)
    const written = (at: number) => {
      set(ada, `${id}/${field}`, [at, at])
      document.apply([{ update: Y.encodeStateAsUpdate(ada), author: ADA }], NOW)
      return valueOf(replicaOf(document), `${id}/${field}`)
    }
    expect(written(NOW + YEARS)).toEqual([NOW, NOW])
  })

  it.each(['created', 'deletedAt'])('stands where clocks differ by that much: %s', field => {
    const document = openDocument()
    const ada = new Y.Doc()
    const id = createRoom(ada, { name: 'Weekly' }, NOW)
    set(ada, `${id}/${field}`, [NOW + 60_000, NOW])
    document.apply([{ update: Y.encodeStateAsUpdate(ada), author: ADA }], NOW)
    expect(valueOf(replicaOf(document), `${id}/${field}`)).toEqual([NOW + 60_000, NOW])
  })

  /** As an earlier version let it in. */
  const stored = (rooms: number) => {
    const ada = new Y.Doc()
    const ids = Array.from({ length: rooms }, () => createRoom(ada, { name: 'Weekly' }, NOW + YEARS))
    for (const id of ids) editItem(ada, { kind: 'room', id }, { deletedAt: NOW + YEARS }, NOW + YEARS)
    const snapshot = { seq: 1, bytes: Y.encodeStateAsUpdate(ada) }
    return { ids, document: createWorkspaceDocument({ snapshot, updates: [], clients: new Map() }) }
  }

  it('is repaired in storage, so that a deleted item expires', () => {
    const { document, ids } = stored(1)
    expect(document.isDue(NOW)).toBe(true)
    const { projected, update } = document.apply([], NOW)
    expect(update).not.toBeNull()
    expect(projected).toMatchObject([{ item: { id: ids[0], createdAt: NOW - 1, deletedAt: NOW - 1 } }])
    const repaired = [...itemRoot(replicaOf(document), 'room').values()]
    expect(repaired.map(([, editedAt]) => editedAt)).toEqual(repaired.map(() => NOW - 1))
    expect(document.isDue(NOW)).toBe(false)
    expect(document.isDue(NOW + 29 * DAY)).toBe(false)
    document.apply([], NOW + 30 * DAY)
    expect(keysIn(document)).toEqual([])
  })

  it('gives way to an edit of today', () => {
    const { document, ids } = stored(1)
    const bob = replicaOf(document)
    const ref = { kind: 'room', id: ids[0]! } as const
    const edit = editsOf(bob, () => editItem(bob, ref, { name: 'Daily', deletedAt: null }, NOW))
    document.apply([{ update: edit, author: BOB }], NOW)
    expect(readItem(replicaOf(document), ref)).toMatchObject({ name: 'Daily', deletedAt: null })
  })

  it('is repaired in steps where there are many', () => {
    const { document } = stored(500)
    let steps = 0
    while (document.isDue(NOW)) {
      document.apply([], NOW)
      steps++
    }
    expect(steps).toBeGreaterThan(1)
    const times = [...itemRoot(replicaOf(document), 'room').values()].map(([, editedAt]) => editedAt)
    expect(Math.max(...times)).toBe(NOW - 1)
  })
})

describe('the work of one batch', () => {
  it('is bounded: the first update is applied, the rest is retried in order', () => {
    const document = openDocument()
    const [ada, bob] = [new Y.Doc(), new Y.Doc()]
    const id = createRoom(ada, { name: 'Weekly' }, NOW - DAY)
    document.apply([{ update: Y.encodeStateAsUpdate(ada), author: ADA }], NOW - DAY)
    Y.applyUpdate(bob, document.snapshot())
    const batch = Array.from({ length: 1_500 }, (_, i) => ({
      update: editsOf(ada, () => editItem(ada, { kind: 'room', id }, { name: `Weekly ${i}` }, NOW + i)),
      author: ADA
    }))
    const renamed = editsOf(bob, () => editItem(bob, { kind: 'room', id }, { access: 'open' }, NOW))
    const { outcomes } = document.apply([...batch, { update: renamed, author: BOB }], NOW)
    const done = outcomes.filter(({ type }) => type === 'applied').length
    expect(done).toBeGreaterThan(100)
    expect(done).toBeLessThan(1_000)
    expect(outcomes.slice(done).every(({ type }) => type === 'waits')).toBe(true)
    expect(document.apply(batch.slice(done), NOW).outcomes[0]).toEqual({ type: 'applied', refusals: [] })
  })

  it('defers a small but heavy update and its sender’s later ones', () => {
    const document = openDocument()
    const owner = new Y.Doc()
    const id = createRoom(owner, { name: 'Weekly' }, NOW - DAY)
    const key = `${id}/lobby`
    // In turns, as Yjs joins what follows itself.
    for (let i = 0; i < 20_000; i++) set(owner, i % 2 === 0 ? key : `${id}/look`, [null, i + 2])
    document.apply([{ update: Y.encodeStateAsUpdate(owner), author: ADA, isSlice: true }], NOW)
    const structs = Array.from({ length: 18 }, () => ({ key, values: [[null, 5]] }))
    const eve: Author = { userId: 'eve', role: 'member' }
    const heavy = { update: rawUpdate({ structs: [{ client: 7, structs }] }), author: eve }
    const after = {
      update: rawUpdate({ structs: [{ client: 8, structs: [{ key, values: [[null, 6]] }] }] }),
      author: eve
    }
    const theirs = replicaOf(document)
    const rename = () => editItem(theirs, { kind: 'room', id }, { name: 'New' }, NOW)
    const bob = { update: editsOf(theirs, rename), author: BOB }
    const { outcomes } = document.apply([heavy, after, bob], NOW)
    expect(outcomes.map(({ type }) => type)).toEqual(['heavy', 'waits', 'applied'])
  })
})

describe('a value that is not allowed', () => {
  const NO_ZONE = { startsAt: '2031-12-01T10:00', timeZone: 'BST', minutes: 45 }

  it('is reported when it was put back, not when its own update overwrote it', () => {
    const ada = new Y.Doc({ gc: false }) // as the app keeps what the server has not got
    const schedule = { ...NO_ZONE, timeZone: 'Europe/London' }
    const id = createWebinar(ada, { name: 'Launch', schedule }, NOW)
    const write = (value: Schedule, at: number) => itemRoot(ada, 'webinar').set(`${id}/schedule`, [value, at])
    const document = openDocument()
    const apply = (update: Uint8Array) => document.apply([{ update, author: ADA }], NOW).outcomes

    write(NO_ZONE, NOW + 1)
    write(schedule, NOW + 2)
    expect(apply(Y.encodeStateAsUpdate(ada))).toEqual([{ type: 'applied', refusals: [] }])
    expect(apply(editsOf(ada, () => write(NO_ZONE, NOW + 3)))).toMatchObject([
      { refusals: [{ code: 'time-zone-unknown', root: 'webinars', field: 'schedule' }] }
    ])
    const stands = replicaOf(document).getMap('webinars').get(`${id}/schedule`)
    expect(stands).toEqual([schedule, NOW + 2])
  })
})

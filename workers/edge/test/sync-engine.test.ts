import { createRoom, editItem, itemRoot, type Entry } from '@foyer/doc'
import {
  CLOSE,
  decodeFrame,
  encodeMissing,
  encodeStateVector,
  encodeUpdate,
  encodeUsage,
  type Frame
} from '@foyer/sync/protocol'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { AwarenessRelay } from '../src/workspace/connection/awareness-relay.ts'
import { Batch } from '../src/workspace/document/batch.ts'
import { LiveCounts } from '../src/workspace/usage/live-counts.ts'
import type { Peer } from '../src/workspace/connection/peer.ts'
import { SendWindow } from '../src/workspace/connection/send-window.ts'
import { SyncEngine } from '../src/workspace/engine/sync-engine.ts'
import { createMemoryKeyValues } from './memory-key-values.ts'
import { createMemoryUpdateStore, MemoryDatabase } from './memory-update-store.ts'

const NOW = Date.parse('2026-12-01T10:00Z')

class TestPeer implements Peer {
  readonly identity: Peer['identity']
  readonly heard: Frame[] = []
  durableUpdates = 0
  skippedUpdates = 0
  awareness: Peer['awareness'] = []
  toldGeneration: number | null = null
  readonly window = new SendWindow()
  closedWith: number | null = null
  get isOpen() {
    return this.closedWith === null
  }

  constructor(userId: string, identity: Partial<Peer['identity']> = {}) {
    this.identity = {
      workspaceId: 'w',
      userId,
      userName: userId,
      role: 'member',
      sessionId: 's',
      sessionEndsAt: Infinity,
      extended: true,
      generation: null,
      ...identity
    }
  }
  send(message: Uint8Array) {
    this.window.count(message.length)
    this.heard.push(decodeFrame(message))
  }
  close(code: number) {
    this.closedWith ??= code
  }
  types() {
    return this.heard.map(({ type }) => type)
  }
  lastAck() {
    return this.heard.findLast(message => message.type === 'ack')?.count ?? 0
  }
}

let database: MemoryDatabase
let peers: TestPeer[]
/** What the database waits for at each kind of access. */
let pauses: Partial<Record<'load' | 'commit' | 'committed' | 'snapshot', () => Promise<void>>>
let ended: number
/** What the server's clock shows. */
let now: number

const startEngine = (owner = 'one') =>
  new SyncEngine({
    store: createMemoryUpdateStore(database, owner, what => pauses[what]?.() ?? Promise.resolve()),
    peers: () => peers,
    live: new LiveCounts(createMemoryKeyValues(), () => now),
    awareness: new AwarenessRelay(
      () => peers,
      () => now
    ),
    onEnd: () => ended++,
    now: () => now
  })
const join = async (engine: SyncEngine, peer: TestPeer) => {
  peers.push(peer)
  await engine.open(peer)
  return peer
}
const gate = () => {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  return {
    wait: () => promise,
    open: () => {
      resolve(undefined)
    }
  }
}

beforeEach(() => {
  database = new MemoryDatabase()
  peers = []
  pauses = {}
  ended = 0
  now = NOW
})

/** A device: a document whose updates are taken one by one. */
const device = () => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', update => updates.push(update))
  const last = () => updates.at(-1) ?? new Uint8Array()
  return {
    doc,
    last,
    newRoom: (name: string, at = NOW) => createRoom(doc, { name }, at),
    rename: (id: string, name: string, at = NOW) => {
      editItem(doc, { kind: 'room', id }, { name }, at)
      return encodeUpdate(last())
    },
    /** Yjs' own way around the rule that an edit is later than what it replaces. */
    set: (key: string, entry: Entry) => {
      itemRoot(doc, 'room').set(key, entry)
      return encodeUpdate(last())
    }
  }
}
const stored = () => {
  const doc = new Y.Doc()
  for (const update of database.updates.values()) Y.applyUpdate(doc, update)
  return doc
}
const storedEntry = (key: string) => itemRoot(stored(), 'room').get(key)

describe('durable first', () => {
  it('sends nothing before it is committed: no broadcast, no ack, no answer', async () => {
    const engine = startEngine()
    const [writer, reader] = [
      await join(engine, new TestPeer('ada')),
      await join(engine, new TestPeer('bob'))
    ]
    const commit = gate()
    let committing = false
    pauses.commit = () => {
      committing = true
      return commit.wait()
    }
    const ada = device()
    ada.newRoom('Weekly')
    const done = engine.receive(writer, encodeUpdate(ada.last()))
    await vi.waitFor(() => {
      expect(committing).toBe(true)
    })
    const asked = engine.receive(reader, encodeStateVector(Y.encodeStateVector(new Y.Doc())))
    const late = join(engine, new TestPeer('eve'))
    await new Promise(resolve => setTimeout(resolve)) // all that would leave early has left by now
    for (const peer of peers) {
      expect(peer.types()).not.toContain('update')
      expect(peer.types()).not.toContain('ack')
      expect(peer.types()).not.toContain('missing')
    }
    commit.open()
    await Promise.all([done, asked, late])
    expect(writer.lastAck()).toBe(1)
    expect(reader.types()).toContain('update')
    expect(reader.types()).toContain('missing')
  })

  it('batches what arrives during a commit into the next one, as one frame to each peer', async () => {
    const engine = startEngine()
    const [writer, reader] = [
      await join(engine, new TestPeer('ada')),
      await join(engine, new TestPeer('bob'))
    ]
    const commit = gate()
    pauses.commit = commit.wait
    const ada = device()
    const id = ada.newRoom('Weekly')
    const work = [engine.receive(writer, encodeUpdate(ada.last()))]
    await Promise.resolve()
    await Promise.resolve()
    for (let i = 0; i < 50; i++) work.push(engine.receive(writer, ada.rename(id, `Name ${i}`, NOW + i)))
    commit.open()
    await Promise.all(work)
    expect(database.head).toBe(2)
    expect(reader.types().filter(type => type === 'update')).toHaveLength(2)
    expect(writer.types()).not.toContain('update')
    expect(writer.lastAck()).toBe(51)
  })

  it('drops uncommitted updates of a disconnected peer (S38)', async () => {
    const engine = startEngine()
    const [writer, reader] = [
      await join(engine, new TestPeer('ada')),
      await join(engine, new TestPeer('bob'))
    ]
    const commit = gate()
    pauses.commit = commit.wait
    const ada = device()
    const id = ada.newRoom('Weekly')
    const work = [engine.receive(writer, encodeUpdate(ada.last()))]
    await new Promise(resolve => setTimeout(resolve))
    work.push(engine.receive(writer, ada.rename(id, 'After signing out')))
    engine.disconnect(writer, CLOSE.signedOut, 'signed out')
    work.push(engine.receive(writer, ada.rename(id, 'Later still')))
    commit.open()
    await Promise.all(work)
    expect([database.head, writer.closedWith]).toEqual([1, CLOSE.signedOut])
    expect([...database.items.values()].map(({ name }) => name)).toEqual(['Weekly'])
    expect(reader.closedWith).toBeNull()
  })

  it('a failed commit acknowledges nothing, and all peers are told to reconnect', async () => {
    const engine = startEngine()
    const [writer, reader] = [
      await join(engine, new TestPeer('ada')),
      await join(engine, new TestPeer('bob'))
    ]
    vi.spyOn(console, 'error').mockImplementationOnce(() => undefined)
    pauses.commit = () => Promise.reject(new Error('the database is gone'))
    const ada = device()
    ada.newRoom('Weekly')
    await engine.receive(writer, encodeUpdate(ada.last()))
    expect(writer.lastAck()).toBe(0)
    expect(peers.map(peer => peer.closedWith)).toEqual([CLOSE.tryLater, CLOSE.tryLater])
    expect(reader.types()).not.toContain('update')
    expect(ended).toBe(1)
  })

  it('an update that fails half-way disconnects only its sender', async () => {
    const engine = startEngine()
    const [writer, culprit, reader] = [
      await join(engine, new TestPeer('ada')),
      await join(engine, new TestPeer('bob')),
      await join(engine, new TestPeer('eve'))
    ]
    const [ada, bob] = [device(), device()]
    const id = ada.newRoom('Weekly')
    await engine.receive(writer, encodeUpdate(ada.last()))
    vi.spyOn(console, 'error').mockImplementationOnce(() => undefined)
    bob.newRoom('Of bob')
    const { note } = Batch.prototype
    const failing = vi.spyOn(Batch.prototype, 'note').mockImplementation(function (this: Batch, ...args) {
      if (args[4] === 'bob') throw new Error('nobody has thought of this')
      note.apply(this, args)
    })
    await Promise.all([
      engine.receive(writer, ada.rename(id, 'First', NOW + 1)),
      engine.receive(culprit, encodeUpdate(bob.last())),
      engine.receive(writer, ada.rename(id, 'Second', NOW + 2)),
      engine.receive(writer, encodeUsage([{ itemId: id, lastUsedAt: NOW - 1, live: 0 }]))
    ])
    failing.mockRestore()
    expect([writer.closedWith, culprit.closedWith, reader.closedWith, ended]).toEqual([
      null,
      CLOSE.malformed,
      null,
      0
    ])
    expect(writer.lastAck()).toBe(3)
    expect(writer.heard.filter(({ type }) => type === 'usage')).toHaveLength(1)
    expect([...database.items.values()].map(({ name }) => name)).toEqual(['Second'])
    await engine.receive(writer, ada.rename(id, 'Third', NOW + 3))
    expect(storedEntry(`${id}/name`)).toEqual(['Third', NOW + 3])
    expect(reader.types().filter(type => type === 'update')).toHaveLength(3)
  })

  it('closes only the peer that reports the use of too many items', async () => {
    const engine = startEngine()
    const [teller, other] = [await join(engine, new TestPeer('eve')), await join(engine, new TestPeer('ada'))]
    const used = encodeUsage(
      Array.from({ length: 2_000 }, (_, i) => ({ itemId: `i${i}`, lastUsedAt: NOW, live: 0 }))
    )
    for (let i = 0; i < 10; i++) await engine.receive(teller, used)
    expect(teller.closedWith).toBeNull()
    await engine.receive(teller, used)
    expect([teller.closedWith, other.closedWith]).toEqual([CLOSE.tooFast, null])
  })

  it('a document that cannot be loaded is not served empty', async () => {
    vi.spyOn(console, 'error').mockImplementationOnce(() => undefined)
    pauses.load = () => Promise.reject(new Error('the database is gone'))
    const peer = await join(startEngine(), new TestPeer('ada'))
    expect(peer.heard).toEqual([])
    expect(peer.closedWith).toBe(CLOSE.tryLater)
  })

  it('an instance that lost ownership ends and writes nothing', async () => {
    const stale = startEngine('one')
    const peer = await join(stale, new TestPeer('ada'))
    await join(startEngine('two'), new TestPeer('bob'))
    const ada = device()
    ada.newRoom('Weekly')
    await stale.receive(peer, encodeUpdate(ada.last()))
    expect(peer.closedWith).toBe(CLOSE.restarting)
    expect(database.head).toBe(0)
  })

  it('greets new peers and answers state vectors under a constant stream of edits', async () => {
    const engine = startEngine()
    const writer = await join(engine, new TestPeer('ada'))
    const ada = device()
    const id = ada.newRoom('Weekly')
    await engine.receive(writer, encodeUpdate(ada.last()))
    let edits = 0
    const work: Promise<void>[] = []
    pauses.committed = () => {
      if (edits < 20) work.push(engine.receive(writer, ada.rename(id, `Name ${edits++}`, NOW + edits)))
      return Promise.resolve()
    }
    work.push(engine.receive(writer, ada.rename(id, 'Begin', NOW)))
    const late = new TestPeer('eve')
    work.push(join(engine, late).then(() => undefined))
    await Promise.all(work)
    await vi.waitFor(() => {
      expect(edits).toBe(20)
    })
    const heardBeforeHello = late.types().indexOf('hello')
    expect(late.types()).toContain('hello')
    expect(late.types().length - heardBeforeHello).toBeGreaterThan(10)
  })
})

describe('the later edit wins', () => {
  /** Two devices of two people that both have the engine, each with a connection. */
  const twoDevices = async () => {
    const engine = startEngine()
    const [ada, bob] = [device(), device()]
    const peersOf = [
      await join(engine, new TestPeer('ada')),
      await join(engine, new TestPeer('bob'))
    ] as const
    const id = ada.newRoom('Weekly', NOW - 10_000)
    await engine.receive(peersOf[0], encodeUpdate(ada.last()))
    Y.applyUpdate(bob.doc, Y.encodeStateAsUpdate(ada.doc))
    return { engine, ada, bob, peersOf, id, key: `${id}/name` }
  }

  it.each([
    ['first', [0, 1]],
    ['last', [1, 0]]
  ] as const)(
    'when it arrives %s, whatever Yjs decides, and the loser is in the log',
    async (_when, order) => {
      for (let round = 0; round < 8; round++) {
        database = new MemoryDatabase()
        peers = []
        const { engine, ada, bob, peersOf, id, key } = await twoDevices()
        const messages = [ada.rename(id, 'Later', NOW - 1_000), bob.rename(id, 'Earlier', NOW - 2_000)]
        for (const who of order) await engine.receive(peersOf[who], messages[who] ?? new Uint8Array())
        expect(storedEntry(key)).toEqual(['Later', NOW - 1_000])
        expect(database.items.get(`room/${id}`)).toMatchObject({ name: 'Later' })
        const log = database.activity.filter(entry => entry.key === key && entry.from !== undefined)
        expect(log.map(({ from }) => from)).toContain('Earlier')
      }
    }
  )

  it.each([
    [1, 2],
    [2, 1]
  ])('of one millisecond the same one wins in either order (Yjs clients %i and %i)', async (one, two) => {
    const winners = new Set<unknown>()
    for (const order of [
      [0, 1],
      [1, 0]
    ] as const) {
      database = new MemoryDatabase()
      peers = []
      const { engine, ada, bob, peersOf, id, key } = await twoDevices()
      ada.doc.clientID = one
      bob.doc.clientID = two
      const messages = [ada.rename(id, 'A', NOW), bob.rename(id, 'B', NOW)]
      for (const who of order) await engine.receive(peersOf[who], messages[who] ?? new Uint8Array())
      winners.add(storedEntry(key)?.[0])
    }
    expect([...winners]).toEqual([one > two ? 'A' : 'B'])
  })

  it('within one millisecond the edit that had seen the other wins', async () => {
    const { engine, ada, peersOf, id, key } = await twoDevices()
    for (const name of ['B', 'A', 'C', 'A']) {
      await engine.receive(peersOf[0], ada.set(key, [name, NOW]))
      expect(storedEntry(key)).toEqual([name, NOW])
    }
    expect(database.items.get(`room/${id}`)).toMatchObject({ name: 'A' })
  })

  it('a clock that is a year ahead wins now, not for a year', async () => {
    const { engine, ada, bob, peersOf, id, key } = await twoDevices()
    await engine.receive(peersOf[0], ada.rename(id, 'From the future', NOW + 365 * 86_400_000))
    expect(storedEntry(key)).toEqual(['From the future', NOW])
    await engine.receive(peersOf[1], bob.rename(id, 'A moment later', NOW + 1))
    expect(storedEntry(key)).toEqual(['A moment later', NOW + 1])
  })

  it('different fields of one item both stay', async () => {
    const { engine, ada, bob, peersOf, id } = await twoDevices()
    await engine.receive(peersOf[0], ada.rename(id, 'Renamed', NOW))
    await engine.receive(peersOf[1], bob.set(`${id}/access`, ['open', NOW - 5]))
    expect(database.items.get(`room/${id}`)).toMatchObject({ name: 'Renamed', access: 'open' })
  })

  it('broadcasts a value that was put back, to its author too', async () => {
    const { engine, ada, bob, peersOf, id, key } = await twoDevices()
    await engine.receive(peersOf[0], ada.rename(id, 'Later', NOW - 1_000))
    await engine.receive(peersOf[1], bob.rename(id, 'Earlier', NOW - 2_000))
    for (const message of peersOf[1].heard)
      if (message.type === 'update') Y.applyUpdate(bob.doc, message.update)
    expect(itemRoot(bob.doc, 'room').get(key)).toEqual(['Later', NOW - 1_000])
  })

  it('discards writes to an item that was deleted for good', async () => {
    const { engine, ada, bob, peersOf, id } = await twoDevices()
    editItem(ada.doc, { kind: 'room', id }, { deletedAt: NOW }, NOW)
    await engine.receive(peersOf[0], encodeUpdate(ada.last()))
    ada.doc.transact(() => {
      for (const key of [...itemRoot(ada.doc, 'room').keys()]) itemRoot(ada.doc, 'room').delete(key)
    })
    await engine.receive(peersOf[0], encodeUpdate(ada.last()))
    await engine.receive(peersOf[1], bob.rename(id, 'Too late', NOW))
    expect([...itemRoot(stored(), 'room').keys()]).toEqual([])
    expect(database.items.size).toBe(0)
  })

  it('keeps an item in "Recently deleted" that was deleted and purged in one update', async () => {
    const { engine, bob, peersOf, id, key } = await twoDevices()
    bob.doc.gc = false // as the client keeps what the server has not got
    const before = Y.encodeStateVector(bob.doc)
    editItem(bob.doc, { kind: 'room', id }, { deletedAt: NOW }, NOW)
    bob.doc.transact(() => {
      for (const entry of [...itemRoot(bob.doc, 'room').keys()]) itemRoot(bob.doc, 'room').delete(entry)
    })
    await engine.receive(peersOf[1], encodeUpdate(Y.encodeStateAsUpdate(bob.doc, before)))
    expect(storedEntry(key)?.[0]).toBe('Weekly')
    expect(database.items.get(`room/${id}`)).toMatchObject({ deletedAt: NOW })
  })
})

describe('a connection', () => {
  const question = encodeStateVector(Y.encodeStateVector(new Y.Doc()))
  const empty = encodeUpdate(Y.encodeStateAsUpdate(new Y.Doc()))
  it.each([
    ['updates', empty],
    ['questions', question]
  ])('that sends six thousand %s at once is ended (S35)', async (_what, message) => {
    const engine = startEngine()
    const peer = await join(engine, new TestPeer('mallory'))
    const other = await join(engine, new TestPeer('ada'))
    await Promise.all(Array.from({ length: 6_000 }, () => engine.receive(peer, message)))
    expect(peer.closedWith).toBe(CLOSE.tooFast)
    expect(peer.heard).toContainEqual(expect.objectContaining({ type: 'notice', code: 'too-fast' }))
    expect(other.closedWith).toBeNull()
  })

  it('is throttled when it edits too fast, without delaying others', async () => {
    const engine = startEngine()
    const [fast, other] = [await join(engine, new TestPeer('fast')), await join(engine, new TestPeer('ada'))]
    const [ada, bob] = [device(), device()]
    const id = ada.newRoom('Weekly', 1)
    await engine.receive(fast, encodeUpdate(ada.last()))
    const work: Promise<void>[] = []
    for (let i = 0; i < 4_000; i++) {
      work.push(engine.receive(fast, ada.rename(id, `Name ${i}`, i + 2)))
      if (i % 100 === 0)
        await vi.waitFor(() => {
          expect(fast.lastAck()).toBeGreaterThan(Math.min(i, 2_900))
        })
    }
    bob.newRoom('Meanwhile')
    work.push(engine.receive(other, encodeUpdate(bob.last())))
    await vi.waitFor(() => {
      expect(other.lastAck()).toBe(1)
    })
    expect(fast.lastAck()).toBe(3_000)
    now += 2_000
    await Promise.all(work)
    expect(fast.lastAck()).toBe(4_001)
    expect(fast.closedWith).toBeNull()
  })

  it('gets a share of each commit, so that others wait for one commit only (S35)', async () => {
    const engine = startEngine()
    const [fast, other] = [await join(engine, new TestPeer('fast')), await join(engine, new TestPeer('ada'))]
    const [ada, bob] = [device(), device()]
    const id = ada.newRoom('Weekly', 1)
    const work = [engine.receive(fast, encodeUpdate(ada.last()))]
    for (let i = 0; i < 1_000; i++) work.push(engine.receive(fast, ada.rename(id, `Name ${i}`, i + 2)))
    bob.newRoom('Meanwhile')
    const storedBefore: number[] = []
    const send = other.send.bind(other)
    other.send = message => {
      send(message)
      if (other.lastAck() === 1) storedBefore.push(fast.lastAck())
    }
    work.push(engine.receive(other, encodeUpdate(bob.last())))
    await Promise.all(work)
    expect(storedBefore[0]).toBe(250)
    expect(fast.lastAck()).toBe(1_001)
  })

  it('that does not read gets no more answers and is then closed (S34)', async () => {
    const engine = startEngine()
    const [peer, ada] = [await join(engine, new TestPeer('mallory')), device()]
    ada.doc.transact(() => {
      for (let i = 0; i < 2_000; i++) ada.newRoom(`Room ${i}`)
    })
    await engine.receive(peer, encodeMissing(Y.encodeStateAsUpdate(ada.doc)))
    const ask = async (times: number) => {
      peer.heard.length = 0
      for (let i = 0; i < times; i++) await engine.receive(peer, question)
      return peer.types().filter(type => type === 'missing').length
    }
    const answers = await ask(50)
    expect(answers).toBeLessThan(10)
    expect(peer.types().filter(type => type === 'state-vector')).toHaveLength(1)
    // The answer to the server's question shows that it has read them: one more is sent for all
    // that were asked.
    peer.heard.length = 0
    await engine.receive(peer, encodeMissing(Y.encodeStateAsUpdate(new Y.Doc())))
    expect(peer.types().filter(type => type === 'missing')).toHaveLength(1)
    expect(peer.closedWith).toBeNull()
    await ask(200)
    expect(peer.closedWith).toBe(CLOSE.tooFast)
  })

  it('that keeps requesting the document is closed, even if it reads (S34)', async () => {
    const engine = startEngine()
    const [peer, ada] = [await join(engine, new TestPeer('mallory')), device()]
    ada.doc.transact(() => {
      for (let i = 0; i < 2_000; i++) ada.newRoom(`Room ${i}`)
    })
    await engine.receive(peer, encodeMissing(Y.encodeStateAsUpdate(ada.doc)))
    for (let i = 0; i < 100 && peer.isOpen; i++) {
      await engine.receive(peer, question)
      await engine.receive(peer, encodeMissing(Y.encodeStateAsUpdate(new Y.Doc())))
    }
    expect(peer.closedWith).toBe(CLOSE.tooFast)
  })

  it('of another generation receives only hello', async () => {
    database.generation = 3
    const peer = await join(startEngine(), new TestPeer('ada', { generation: 2 }))
    expect(peer.types()).toEqual(['hello'])
    expect(peer.heard[0]).toMatchObject({ generation: 3 })
    expect(peer.closedWith).toBe(CLOSE.otherGeneration)
    expect((await join(startEngine(), new TestPeer('ada', { generation: 3 }))).closedWith).toBeNull()
  })

  it('is ignored once it was refused', async () => {
    const engine = startEngine()
    const peer = await join(engine, new TestPeer('mallory'))
    const ada = device()
    ada.newRoom('Weekly')
    await Promise.all([
      engine.receive(peer, encodeUpdate(new Uint8Array([1, 2, 3]))),
      engine.receive(peer, new Uint8Array([99]))
    ])
    await engine.receive(peer, encodeMissing(ada.last()))
    expect(database.head).toBe(0)
  })
})

describe('compaction', () => {
  it('keeps loading short and loses nothing while people edit', async () => {
    const engine = startEngine()
    const peer = await join(engine, new TestPeer('ada'))
    const ada = device()
    const id = ada.newRoom('Weekly', 1)
    await engine.receive(peer, encodeUpdate(ada.last()))
    for (let i = 0; i < 1_700; i++) {
      await engine.receive(peer, ada.rename(id, `Name ${i}`, i + 2))
    }
    expect(database.snapshots.length).toBeGreaterThan(0)
    expect(database.snapshots.length).toBeLessThanOrEqual(2)
    expect(database.updates.size).toBeLessThan(1_200)
    const reader = await join(startEngine('two'), new TestPeer('bob'))
    const readerRoom = startEngine('three')
    await readerRoom.receive(reader, encodeStateVector(Y.encodeStateVector(new Y.Doc())))
    const answer = reader.heard.findLast(message => message.type === 'missing')
    const doc = new Y.Doc()
    Y.applyUpdate(doc, answer?.update ?? new Uint8Array())
    expect(itemRoot(doc, 'room').get(`${id}/name`)?.[0]).toBe('Name 1699')
  })
})

describe('"Recently deleted"', () => {
  const DAY = 86_400_000

  it('is emptied 30 days after the deletion reached the server', async () => {
    const ada = device()
    const [gone, kept] = [ada.newRoom('Gone'), ada.newRoom('Restored')]
    const deletedAt = (id: string, at: number | null) => {
      editItem(ada.doc, { kind: 'room', id }, { deletedAt: at }, NOW)
    }
    // On a device that was offline for two months.
    deletedAt(gone, NOW - 60 * DAY)
    deletedAt(kept, NOW - 60 * DAY)
    let engine = startEngine()
    let peer = await join(engine, new TestPeer('ada'))
    await engine.receive(peer, encodeMissing(Y.encodeStateAsUpdate(ada.doc)))
    expect([...database.items.keys()].sort()).toEqual([`room/${gone}`, `room/${kept}`].sort())
    deletedAt(kept, null)
    await engine.receive(peer, encodeUpdate(ada.last()))

    const later = async (days: number) => {
      now = NOW + days * DAY
      engine = startEngine(`after ${days} days`)
      peer = await join(engine, new TestPeer('ada'))
    }
    await later(29)
    expect(storedEntry(`${gone}/name`)?.[0]).toBe('Gone')
    await later(31)
    expect([...database.items.keys()]).toEqual([`room/${kept}`])
    expect(storedEntry(`${gone}/name`)).toBeUndefined()
    for (const message of peer.heard) if (message.type === 'update') Y.applyUpdate(ada.doc, message.update)
    expect(itemRoot(ada.doc, 'room').has(`${gone}/created`)).toBe(false)
  })
})

import type { Role } from '@foyer/access'
import { decodeFrame, type Frame } from '@foyer/sync/protocol'
import { beforeEach, describe, expect, it } from 'vitest'
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { AwarenessRelay } from './awareness-relay.ts'
import { decodeStates, encodeStates } from './awareness-states.ts'
import type { Peer } from './peer.ts'
import { SendWindow } from './send-window.ts'
import { RefusedFrameError } from '../update/refused-frame-error.ts'

class TestPeer implements Peer {
  identity
  readonly heard: Frame[] = []
  durableUpdates = 0
  skippedUpdates = 0
  awareness: Peer['awareness'] = []
  isOpen = true
  readonly window = new SendWindow()
  toldGeneration: number | null = 1

  constructor(userId: string, role: Role = 'member') {
    const userName = userId.toUpperCase()
    const session = { sessionId: userId, sessionEndsAt: Infinity }
    this.identity = { workspaceId: 'w', userId, userName, role, ...session, extended: true, generation: null }
  }
  send(message: Uint8Array) {
    this.heard.push(decodeFrame(message))
  }
  close() {
    this.isOpen = false
  }
  /** Every state that it was told, oldest first. */
  states() {
    return this.heard.flatMap(message =>
      message.type === 'awareness'
        ? decodeStates(message.update).map(({ json, ...state }) => ({
            ...state,
            shows: JSON.parse(json) as unknown
          }))
        : []
    )
  }
  bytesHeard() {
    return this.heard.reduce(
      (sum, message) => sum + (message.type === 'awareness' ? message.update.length : 0),
      0
    )
  }
}

let ada: TestPeer
let bob: TestPeer
let eve: TestPeer
let peers: TestPeer[]
let relay: AwarenessRelay
let authors: Map<number, string>
let now: number

beforeEach(() => {
  peers = [
    (ada = new TestPeer('ada', 'owner')),
    (bob = new TestPeer('bob')),
    (eve = new TestPeer('eve', 'viewer'))
  ]
  authors = new Map()
  now = 1_000
  relay = new AwarenessRelay(
    () => peers,
    () => now
  )
})

type Shown = [client: number, clock: number, state: unknown]
const say = (peer: TestPeer, ...states: Shown[]) => {
  const sent = states.map(([client, clock, state]) => ({ client, clock, json: JSON.stringify(state) }))
  return sayRaw(peer, encodeStates(sent))
}
const sayRaw = (peer: TestPeer, update: Uint8Array) => [
  ...relay.receive(peer, update, client => authors.get(client))
]
const user = ({ identity: { userId: id, userName: name, role } }: TestPeer) => ({ id, name, role })
const refusal = (act: () => unknown): RefusedFrameError => {
  try {
    act()
  } catch (error) {
    if (error instanceof RefusedFrameError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('a broadcast state (S37)', () => {
  it('takes the user from the session and rebuilds the state', () => {
    say(ada, [1, 0, { user: { id: 'bob', name: 'Bob', role: 'owner' }, cursor: [1, 2] }])
    say(eve, [2, 0, {}])
    expect(bob.states()).toEqual([
      { client: 1, clock: 0, shows: { user: user(ada), cursor: [1, 2] } },
      { client: 2, clock: 0, shows: { user: user(eve) } }
    ])
  })

  it('is compatible with stock clients', () => {
    const [mine, theirs] = [new Awareness(new Y.Doc()), new Awareness(new Y.Doc())]
    mine.setLocalState({ cursor: 7 })
    sayRaw(ada, encodeAwarenessUpdate(mine, [mine.clientID]))
    const [message] = bob.heard
    if (message?.type === 'awareness') applyAwarenessUpdate(theirs, message.update, null)
    expect(theirs.getStates().get(mine.clientID)).toEqual({ cursor: 7, user: user(ada) })
    for (const awareness of [mine, theirs]) awareness.destroy()
  })

  it('follows a role change', () => {
    say(ada, [1, 4, { a: 1 }])
    ada.identity = { ...ada.identity, role: 'viewer' }
    relay.rebroadcast(ada)
    expect(bob.states().at(-1)).toEqual({ client: 1, clock: 5, shows: { a: 1, user: user(ada) } })
  })

  it('is sent to a new peer and on query, without querying others', () => {
    say(ada, [1, 0, { a: 1 }])
    const late = new TestPeer('late')
    peers.push(late)
    relay.sendAll(late)
    relay.answer(eve)
    expect(late.states()).toMatchObject([{ client: 1, shows: { a: 1 } }])
    expect(eve.states()).toHaveLength(2)
    expect([...ada.heard, ...bob.heard].filter(({ type }) => type === 'query-awareness')).toEqual([])
  })

  it('is sent once for a repeated state', () => {
    say(ada, [1, 0, { a: 1 }])
    say(ada, [1, 0, { a: 1 }], [1, 0, { a: 1 }])
    say(ada, ...Array.from({ length: 100 }, (_, clock): Shown => [1, clock, { clock }]))
    expect(bob.states()).toHaveLength(2)
  })
})

describe('an awareness client is its connection’s', () => {
  it.each([
    ['another person', () => eve],
    ['another tab of the same person', () => peers[peers.push(new TestPeer('ada')) - 1] ?? ada]
  ])('against %s, with any clock and also for its removal', (_who, other) => {
    const thief = other()
    say(ada, [1, 0, { a: 1 }])
    expect(say(thief, [1, 7, { a: 2 }])).toEqual(['foreign-awareness'])
    expect(say(thief, [1, Number.MAX_SAFE_INTEGER, { a: 2 }])).toEqual(['foreign-awareness'])
    expect(say(thief, [1, 9, null])).toEqual(['foreign-awareness'])
    relay.remove(thief)
    say(ada, [1, 1, { a: 3 }])
    expect(bob.states().map(({ shows }) => shows)).toMatchObject([{ a: 1 }, { a: 3 }])
  })

  it('and its user’s once that has ended', () => {
    say(ada, [1, 3, { a: 1 }])
    relay.remove(ada)
    expect(bob.states().at(-1)).toEqual({ client: 1, clock: 3, shows: null })
    expect(say(eve, [1, 4, { a: 2 }])).toEqual(['foreign-awareness'])
    const back = new TestPeer('ada')
    peers.push(back)
    // The clock that it left with, and yet the others hear it.
    expect(say(back, [1, 3, { a: 1 }])).toEqual([])
    expect(bob.states().at(-1)).toMatchObject({ clock: 4, shows: { a: 1 } })
  })

  it('or the author’s of that Yjs client, before anybody shows it', () => {
    authors.set(1, 'ada')
    expect(say(eve, [1, 0, { a: 2 }])).toEqual(['foreign-awareness'])
    expect(say(ada, [1, 0, { a: 1 }])).toEqual([])
  })

  it('and goes along to a page that is back before its old connection ended', () => {
    say(ada, [1, 3, { a: 1 }])
    const back = new TestPeer('ada')
    back.toldGeneration = null
    peers.push(back)
    say(back, [1, 3, { a: 2 }])
    relay.remove(ada)
    expect(bob.states().at(-1)).toMatchObject({ client: 1, shows: { a: 2 } })
  })

  it('however far its clock was set: it is always heard again', () => {
    say(ada, [1, Number.MAX_SAFE_INTEGER, { a: 1 }])
    say(ada, [1, Number.MAX_SAFE_INTEGER, { a: 2 }])
    say(ada, [1, 0, { a: 3 }])
    relay.remove(ada)
    const heard = bob.states()
    expect(heard.map(({ shows }) => shows)).toMatchObject([{ a: 1 }, { a: 2 }, { a: 3 }, null])
    const clocks = heard.map(({ clock }) => clock)
    expect(clocks).toEqual(clocks.toSorted((a, b) => a - b))
    expect(Math.max(...clocks)).toBeLessThan(2 ** 33)
  })

  it('so the removal of an unknown client is ignored', () => {
    say(eve, [77, 5, null])
    expect(bob.heard).toEqual([])
  })
})

describe('bounds', () => {
  it('2 KB per state, in bytes; larger ones are skipped', () => {
    expect(say(ada, [1, 0, { a: 'é'.repeat(1_024) }], [2, 0, { a: 1 }])).toEqual(['awareness-too-large'])
    expect(refusal(() => say(eve, [3, 0, { a: 'x'.repeat(900 * 1024) }])).closeCode).toBe(4413)
    expect(bob.states()).toMatchObject([{ client: 2 }])
    expect(say(ada, [1, 0, { a: 'é'.repeat(1_000) }])).toEqual([])
  })

  it('8 clients per connection at a time', () => {
    const many = Array.from({ length: 4_000 }, (_, client): Shown => [client, 0, {}])
    expect(say(ada, ...many)).toEqual(['too-many-awareness-clients'])
    expect(bob.states()).toHaveLength(8)
    say(ada, [0, 1, null])
    expect(say(ada, [9, 0, {}])).toEqual([])
  })

  it.each<[string, () => Uint8Array]>([
    [
      '30,000 clients',
      () => encodeStates(Array.from({ length: 30_000 }, (_, client) => state(client, '{}')))
    ],
    ['a count without states', () => new Uint8Array([0xff, 0xff, 0xff, 0xff, 0x07])],
    ['bytes left over', () => new Uint8Array([0, 1])],
    ['no JSON', () => encodeStates([state(1, '{"a":')])],
    ['no object', () => encodeStates([state(1, '[]')])],
    [
      'an object that is too deep',
      () => encodeStates([state(1, `{"a":${'['.repeat(900)}${']'.repeat(900)}}`)])
    ],
    ['a client that is no Yjs client', () => encodeStates([state(2 ** 40, '{}')])]
  ])('closes with 4400 at %s', (_what, update) => {
    expect(refusal(() => sayRaw(ada, update())).closeCode).toBe(4400)
    expect(bob.heard).toEqual([])
  })

  it('does not relay prototype pollution', () => {
    sayRaw(ada, encodeStates([state(1, '{"__proto__":{"admin":true},"a":{"__proto__":1,"b":"\\ud800"}}')]))
    expect(bob.states()[0]?.shows).toEqual({ a: { b: '\ufffd' }, user: user(ada) })
  })
})

const state = (client: number, json: string) => ({ client, clock: 0, json })

describe('only the flooding peer is closed', () => {
  const until4429 = (act: (round: number) => unknown): number => {
    for (let round = 1; round <= 20_000; round++) {
      try {
        act(round)
      } catch (error) {
        if (error instanceof RefusedFrameError && error.closeCode === 4429) return round
        throw error
      }
    }
    return Infinity
  }

  it('for queries', () => {
    expect(until4429(() => relay.answer(eve))).toBeLessThan(100)
  })

  it('for states, not those that echo them', () => {
    const echo = () => {
      const last = bob.heard.at(-1)
      if (last?.type === 'awareness') sayRaw(bob, last.update)
    }
    const rounds = until4429(clock => {
      say(eve, [1, clock, { clock }])
      echo()
    })
    expect(rounds).toBeLessThan(1_000)
    expect(say(bob, [2, 0, { a: 1 }])).toEqual([])
    // Many who each keep within their rate: still nobody's repeating counts.
    for (let round = 0; round < 200; round++) {
      now += 1_000
      for (let i = 0; i < 20; i++) {
        say(ada, [3, round * 20 + i, { i, round }])
        echo()
      }
    }
    expect(bob.states().length).toBeGreaterThan(4_000)
  })

  it('for echoes of what was never sent', () => {
    const foreign: Shown = [1, 0, { a: 1 }]
    say(ada, foreign)
    expect(until4429(() => say(eve, foreign))).toBeLessThan(1_000)
  })
})

describe('hibernation', () => {
  it('keeps the owner of each client, removes it on close, and queries its state once', () => {
    say(ada, [1, 6, { a: 1 }])
    peers = peers.map(peer =>
      Object.assign(new TestPeer(peer.identity.userId), { awareness: peer.awareness })
    )
    ;[ada, bob, eve] = peers as [TestPeer, TestPeer, TestPeer]
    relay = new AwarenessRelay(
      () => peers,
      () => now
    )
    expect(say(eve, [1, 9, { a: 2 }])).toEqual(['foreign-awareness'])
    relay.sendAll(bob)
    relay.answer(eve)
    expect(ada.heard.map(({ type }) => type)).toEqual(['query-awareness'])
    say(ada, [1, 6, { a: 1 }])
    expect(bob.states()).toMatchObject([{ clock: 7, shows: { a: 1 } }])
    relay.remove(ada)
    expect(bob.states().at(-1)).toMatchObject({ client: 1, clock: 7, shows: null })
  })
})

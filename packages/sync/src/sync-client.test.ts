import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { FROM_SERVER, FROM_TAB } from './origins.ts'
import {
  CLOSE,
  encodeAck,
  encodeAwareness,
  encodeMissing,
  encodeNotice,
  encodeQueryAwareness,
  encodeStateVector,
  encodeUpdate,
  encodeUsage,
  PROTOCOL_VERSION
} from './protocol.ts'
import { createServerClock, type ServerClock } from './server-clock.ts'
import { createSyncClient, type SyncClient, type SyncClientOptions } from './sync-client.ts'
import { EMPTY_UPDATE, FakeSocket, lastSocket, NOTHING } from './testing/fake-socket.ts'
import { memoryUsageStore } from './testing/memory-usage-store.ts'
import { createUsageLane, type UsageLane } from './usage-lane.ts'

const NOW = 1_800_000_000_000
let doc: Y.Doc
let usage: UsageLane
let clock: ServerClock
let client: SyncClient
let statuses: string[]
const onSynced = vi.fn()

beforeEach(() => {
  vi.useFakeTimers({ now: NOW })
  vi.spyOn(Math, 'random').mockReturnValue(1) // the longest wait
  FakeSocket.all = []
  vi.stubGlobal('WebSocket', FakeSocket)
  onSynced.mockReset()
  doc = new Y.Doc()
  usage = createUsageLane(memoryUsageStore())
  clock = createServerClock()
})
afterEach(() => {
  client.destroy()
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const flush = () => vi.advanceTimersByTimeAsync(0)
const start = async (options: Partial<SyncClientOptions> = {}) => {
  const url = 'ws://host/sync/w'
  client = createSyncClient({ doc, url, usage, clock, whenLoaded: Promise.resolve(), onSynced, ...options })
  statuses = [client.status]
  client.subscribe(() => {
    if (client.status !== statuses.at(-1)) statuses.push(client.status)
  })
  await flush()
}
/** Connected, and everything so far is stored. */
const startSynced = async () => {
  await start()
  lastSocket().open()
  lastSocket().greet()
  lastSocket().acknowledgeAll()
  expect(client.status).toBe('synced')
}
const set = (key: string, value: unknown) => doc.getMap('rooms').set(key, value)
const readBack = (...updates: Uint8Array[]) => {
  const read = new Y.Doc()
  for (const update of updates) Y.applyUpdate(read, update)
  return read.getMap('rooms').toJSON()
}

describe('the handshake', () => {
  it('S4 waits for what is stored on the device, whatever asks for haste', async () => {
    const { promise, resolve: load } = Promise.withResolvers<undefined>()
    await start({ whenLoaded: promise })
    client.retryNow()
    expect(FakeSocket.all).toHaveLength(0)
    load(undefined)
    await flush()
    expect(FakeSocket.all.map(({ url }) => url)).toEqual([`ws://host/sync/w?protocol=${PROTOCOL_VERSION}`])
  })

  it('S4 connects also when nothing could be loaded', async () => {
    await start({ whenLoaded: Promise.reject(new Error('private mode')) })
    expect(FakeSocket.all).toHaveLength(1)
  })

  it('S5 says its state vector, answers the other, and takes what is missing', async () => {
    set('a/name', ['A', 1])
    const server = new Y.Doc()
    server.getMap('rooms').set('s/name', ['S', 1])
    await start()
    const socket = lastSocket()
    expect(socket.binaryType).toBe('arraybuffer')
    socket.open()
    expect(socket.heard).toEqual([{ type: 'state-vector', stateVector: Y.encodeStateVector(doc) }])
    socket.greet({
      stateVector: Y.encodeStateVector(server),
      missing: Y.encodeStateAsUpdate(server),
      role: 'admin'
    })
    expect(socket.types).toEqual(['state-vector', 'missing'])
    expect(readBack(...socket.updates)).toEqual({ 'a/name': ['A', 1] })
    expect(doc.getMap('rooms').get('s/name')).toEqual(['S', 1])
    expect(client.role).toBe('admin')
  })

  it('S5 sends only what the server lacks', async () => {
    set('a/name', ['A', 1])
    const stateVector = Y.encodeStateVector(doc)
    set('b/name', ['B', 1])
    await start()
    lastSocket().open()
    lastSocket().hello()
    lastSocket().say(encodeStateVector(stateVector))
    const update = lastSocket().updates[0] ?? EMPTY_UPDATE
    expect(Y.decodeUpdate(update).structs).toHaveLength(1)
  })

  it('S6 keeps a change for the answer until the server has asked', async () => {
    await start()
    set('a/name', ['A', 1])
    lastSocket().open()
    set('b/name', ['B', 1])
    expect(lastSocket().types).toEqual(['state-vector'])
    lastSocket().hello()
    lastSocket().say(encodeStateVector(NOTHING))
    expect(lastSocket().types).toEqual(['state-vector', 'missing'])
    expect(readBack(...lastSocket().updates)).toEqual({ 'a/name': ['A', 1], 'b/name': ['B', 1] })
  })

  it('S21 corrects the clock by the server', async () => {
    await start()
    lastSocket().open()
    lastSocket().greet({ serverTime: NOW + 90_000 })
    expect(clock.now()).toBe(NOW + 90_000)
  })
})

describe('counting', () => {
  it('S10 is synced when all is acknowledged, and not one sooner', async () => {
    await startSynced()
    expect(statuses).toEqual(['connecting', 'syncing', 'synced'])
    set('a/name', ['A', 1])
    set('a/name', ['B', 2])
    expect(client.status).toBe('syncing')
    lastSocket().say(encodeAck(2))
    expect(client.status).toBe('syncing')
    lastSocket().say(encodeAck(3))
    expect(client.status).toBe('synced')
  })

  it('S7 counts the answer too, though it is empty', async () => {
    await start()
    lastSocket().open()
    lastSocket().greet()
    expect(lastSocket().updates).toEqual([EMPTY_UPDATE])
    expect(client.status).toBe('syncing')
    lastSocket().say(encodeAck(1))
    expect(client.status).toBe('synced')
  })

  it('S10 is not synced before the server has both asked and answered', async () => {
    await start()
    lastSocket().open()
    lastSocket().hello()
    lastSocket().say(encodeMissing(EMPTY_UPDATE))
    expect(client.status).toBe('syncing')
    expect(onSynced).not.toHaveBeenCalled()

    lastSocket().drop()
    await vi.advanceTimersByTimeAsync(1_000)
    lastSocket().open()
    lastSocket().hello()
    lastSocket().say(encodeStateVector(NOTHING), encodeAck(1))
    expect(client.status).toBe('syncing')
  })

  it('S10 tells the state vector that is stored, what came from the server too', async () => {
    await startSynced()
    expect(onSynced).toHaveBeenLastCalledWith(Y.encodeStateVector(doc))
    set('a/name', ['A', 1])
    expect(onSynced).toHaveBeenLastCalledWith(NOTHING)
    lastSocket().acknowledgeAll()
    expect(onSynced).toHaveBeenLastCalledWith(Y.encodeStateVector(doc))
    const server = new Y.Doc()
    server.getMap('rooms').set('s/name', ['S', 1])
    lastSocket().say(encodeUpdate(Y.encodeStateAsUpdate(server)))
    expect(onSynced).toHaveBeenLastCalledWith(Y.encodeStateVector(doc))
  })

  it('S9 sends what came from elsewhere, and nothing back that came from the server', async () => {
    await startSynced()
    const other = new Y.Doc()
    other.getMap('rooms').set('t/name', ['T', 1])
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), FROM_TAB)
    const stored = new Y.Doc()
    stored.getMap('rooms').set('d/name', ['D', 1])
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(stored), Symbol('from this device'))
    const server = new Y.Doc()
    server.getMap('rooms').set('s/name', ['S', 1])
    lastSocket().say(encodeUpdate(Y.encodeStateAsUpdate(server)))
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(server), FROM_SERVER)
    expect(readBack(...lastSocket().updates)).toEqual({ 't/name': ['T', 1], 'd/name': ['D', 1] })
  })

  it('S9 sends more than a message may hold as an answer', async () => {
    await startSynced()
    set('a/name', ['x'.repeat(1024 * 1024), 1])
    set('b/name', ['B', 1])
    expect(lastSocket().types).toEqual(['state-vector', 'missing', 'missing', 'update'])
    lastSocket().say(encodeAck(2))
    expect(client.status).toBe('syncing')
    lastSocket().say(encodeAck(3))
    expect(client.status).toBe('synced')
  })
})

describe('a connection that is lost', () => {
  it('S6 S15 comes back, asks anew and sends what was not stored and what was made meanwhile', async () => {
    await startSynced()
    set('a/name', ['A', 1]) // never acknowledged
    lastSocket().drop()
    expect(client.status).toBe('offline')
    set('b/name', ['B', 1])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(FakeSocket.all).toHaveLength(2)
    expect(client.status).toBe('offline')
    lastSocket().open()
    lastSocket().greet()
    expect(lastSocket().types).toEqual(['state-vector', 'missing'])
    expect(readBack(...lastSocket().updates)).toEqual({ 'a/name': ['A', 1], 'b/name': ['B', 1] })
    lastSocket().say(encodeAck(1))
    expect(statuses).toEqual(['connecting', 'syncing', 'synced', 'syncing', 'offline', 'syncing', 'synced'])
  })

  it('S16 waits longer after each failure, and starts over once it was synced', async () => {
    await start()
    for (const wait of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
      const tries = FakeSocket.all.length
      lastSocket().drop()
      await vi.advanceTimersByTimeAsync(wait - 1)
      expect(FakeSocket.all).toHaveLength(tries)
      await vi.advanceTimersByTimeAsync(1)
      expect(FakeSocket.all).toHaveLength(tries + 1)
    }
    lastSocket().open()
    lastSocket().greet()
    lastSocket().acknowledgeAll()
    const tries = FakeSocket.all.length
    lastSocket().drop()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(FakeSocket.all).toHaveLength(tries + 1)
  })

  it('S16 tries at once when it is told to, and only once', async () => {
    await start()
    lastSocket().drop()
    client.retryNow()
    client.retryNow()
    expect(FakeSocket.all).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(FakeSocket.all).toHaveLength(2)
  })

  it('S17 is found though nobody says that it is', async () => {
    await startSynced()
    const socket = lastSocket()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(socket.pings).toBe(1)
    socket.say('pong')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(socket.pings).toBe(2)
    await vi.advanceTimersByTimeAsync(8_000)
    expect(client.status).toBe('offline')
    expect(socket.readyState).toBe(FakeSocket.CLOSING)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(FakeSocket.all).toHaveLength(2)
  })

  it('S17 is found sooner when somebody wants to know', async () => {
    await startSynced()
    client.retryNow()
    expect(lastSocket().pings).toBe(1)
    await vi.advanceTimersByTimeAsync(8_000)
    expect(client.status).toBe('offline')
  })

  it('S17 is given up when it does not open', async () => {
    await start()
    await vi.advanceTimersByTimeAsync(14_999)
    expect(client.status).toBe('connecting')
    await vi.advanceTimersByTimeAsync(1)
    expect(client.status).toBe('offline')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(FakeSocket.all).toHaveLength(2)
  })

  it('has no more say', async () => {
    await startSynced()
    const [lost] = [lastSocket()]
    await vi.advanceTimersByTimeAsync(28_000)
    lost.greet({ role: 'viewer' })
    lost.drop(CLOSE.signedOut)
    expect(client).toMatchObject({ status: 'offline', role: 'owner', closeCode: null })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(FakeSocket.all).toHaveLength(2)
  })

  it('S37 passes over what others show, whatever that is', async () => {
    await startSynced()
    lastSocket().say(encodeQueryAwareness(), encodeAwareness(new Uint8Array([0xff, 0xff, 0xff, 0xff, 0x0f])))
    lastSocket().say(encodeAwareness(new Uint8Array(2_000_000).fill(0x7b)))
    expect(client.status).toBe('synced')
  })

  it('S19 is one that says what cannot be read; the document stays', async () => {
    const complain = vi.spyOn(console, 'error').mockReturnValue()
    await startSynced()
    set('a/name', ['A', 1])
    lastSocket().say(encodeUpdate(new Uint8Array([7, 7, 7])))
    expect(client.status).toBe('offline')
    expect(complain).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(1_000)
    lastSocket().open()
    lastSocket().greet()
    lastSocket().acknowledgeAll()
    expect(client.status).toBe('synced')
    expect(doc.getMap('rooms').get('a/name')).toEqual(['A', 1])
  })
})

describe('generation', () => {
  const server = () => {
    const doc = new Y.Doc()
    doc.getMap('rooms').set('s/name', ['S', 1])
    return { stateVector: Y.encodeStateVector(doc), missing: Y.encodeStateAsUpdate(doc) }
  }

  it('S22 of a replica that has nothing yet is the server’s, told before anything is merged', async () => {
    const seen: unknown[] = []
    await start({
      onGeneration: generation => seen.push(generation, doc.getMap('rooms').size)
    })
    lastSocket().open()
    expect(lastSocket().url).toBe(`ws://host/sync/w?protocol=${PROTOCOL_VERSION}`)
    lastSocket().greet({ generation: 4, ...server() })
    expect(seen).toEqual([4, 0])
    lastSocket().drop()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(lastSocket().url).toBe(`ws://host/sync/w?protocol=${PROTOCOL_VERSION}&generation=4`)
    lastSocket().open()
    lastSocket().greet({ generation: 4 })
    expect(seen).toHaveLength(2)
  })

  it('S22 another than the replica’s is neither merged nor answered', async () => {
    set('a/name', ['A', 1])
    const onGeneration = vi.fn()
    await start({ generation: 1, onGeneration })
    expect(lastSocket().url).toBe(`ws://host/sync/w?protocol=${PROTOCOL_VERSION}&generation=1`)
    lastSocket().open()
    lastSocket().greet({ generation: 2, ...server() })
    expect(client).toMatchObject({ status: 'refused', closeCode: CLOSE.otherGeneration })
    expect(lastSocket().types).toEqual(['state-vector'])
    expect(doc.getMap('rooms').has('s/name')).toBe(false)
    expect(onGeneration).not.toHaveBeenCalled()
  })

  it('S22 that changes under a connection ends it', async () => {
    await startSynced()
    lastSocket().hello({ generation: 2 })
    expect(client).toMatchObject({ status: 'refused', closeCode: CLOSE.otherGeneration })
  })

  it('S22 nothing is taken from who has not said hello', async () => {
    vi.spyOn(console, 'error').mockReturnValue()
    await start({ generation: 1 })
    lastSocket().open()
    lastSocket().say(encodeMissing(server().missing))
    expect(client.status).toBe('offline')
    expect(doc.getMap('rooms').size).toBe(0)
  })
})

describe('what the server has', () => {
  it('S23 is told before the document’s listeners hear of it, and never counts what is only here', async () => {
    set('a/name', ['A', 1])
    const stored = new Map<number, number>()
    const told: string[] = []
    doc.on('update', () => told.push('update'))
    await start({
      onStored: more => {
        told.push('stored')
        for (const [id, clock] of more) stored.set(id, clock)
      }
    })
    lastSocket().open()
    const other = new Y.Doc()
    other.getMap('rooms').set('s/name', ['S', 1])
    lastSocket().greet({ missing: Y.encodeStateAsUpdate(other) })
    expect(told).toEqual(['stored', 'update'])
    expect([...stored]).toEqual([[other.clientID, 1]])
    set('b/name', ['B', 1])
    lastSocket().acknowledgeAll()
    expect(stored.get(doc.clientID)).toBe(2)
  })
})

describe('versions', () => {
  it('S24 a server that speaks a later protocol is not talked to', async () => {
    set('a/name', ['A', 1])
    await start()
    lastSocket().open()
    lastSocket().greet({ protocol: PROTOCOL_VERSION + 1 })
    expect(client).toMatchObject({ status: 'refused', closeCode: CLOSE.appTooOld })
    expect(lastSocket().types).toEqual(['state-vector'])
  })
})

describe('close codes', () => {
  it('S26 come with what the server named, if it named anything', async () => {
    await startSynced()
    const notice = { code: 'read-only' }
    lastSocket().say(encodeNotice(notice))
    lastSocket().drop(CLOSE.notAMember)
    expect(client.closeNotice).toMatchObject(notice)
    client.retryNow()
    lastSocket().open()
    lastSocket().drop(CLOSE.notAMember)
    expect(client).toMatchObject({ closeCode: CLOSE.notAMember, closeNotice: null })
  })

  it.each([CLOSE.malformed, CLOSE.notAMember, CLOSE.otherGeneration, CLOSE.tooLarge, CLOSE.appTooOld])(
    'S18 %i ends it until somebody acts',
    async code => {
      await startSynced()
      lastSocket().drop(code)
      expect(client).toMatchObject({ status: 'refused', closeCode: code })
      await vi.advanceTimersByTimeAsync(120_000)
      expect(FakeSocket.all).toHaveLength(1)
      client.retryNow()
      expect(client.status).toBe('connecting')
      lastSocket().open()
      lastSocket().greet()
      lastSocket().acknowledgeAll()
      expect(client).toMatchObject({ status: 'synced', closeCode: null })
    }
  )

  it('S18 a session that ends under a connection is asked for once more, and then it is signed out', async () => {
    await startSynced()
    lastSocket().drop(CLOSE.signedOut)
    expect(client).toMatchObject({ status: 'offline', closeCode: null })
    await vi.advanceTimersByTimeAsync(1_000)
    lastSocket().open()
    lastSocket().drop(CLOSE.signedOut)
    expect(client).toMatchObject({ status: 'refused', closeCode: CLOSE.signedOut })
    await vi.advanceTimersByTimeAsync(120_000)
    expect(FakeSocket.all).toHaveLength(2)
    client.retryNow()
    lastSocket().open()
    lastSocket().greet()
    lastSocket().acknowledgeAll()
    expect(client).toMatchObject({ status: 'synced', closeCode: null })
  })

  it('S18 goes on with another session of the same browser', async () => {
    await startSynced()
    for (let i = 0; i < 3; i++) {
      lastSocket().drop(CLOSE.signedOut)
      await vi.advanceTimersByTimeAsync(1_000)
      lastSocket().open()
      lastSocket().greet()
      lastSocket().acknowledgeAll()
      expect(client).toMatchObject({ status: 'synced', closeCode: null })
    }
  })

  it.each([CLOSE.restarting, CLOSE.tryLater, CLOSE.tooFast, 1001, 1006])(
    'S18 %i comes back later',
    async code => {
      await startSynced()
      lastSocket().drop(code)
      expect(client).toMatchObject({ status: 'offline', closeCode: null })
      await vi.advanceTimersByTimeAsync(1_000)
      expect(FakeSocket.all).toHaveLength(2)
    }
  )

  it('says what the server refused', async () => {
    await startSynced()
    const notice = { code: 'read-only' }
    const heard = vi.fn()
    client.subscribe(heard)
    lastSocket().say(encodeNotice(notice))
    expect(client.notice).toMatchObject(notice)
    expect(heard).toHaveBeenCalledTimes(1)
  })
})

describe('usage', () => {
  const used = () =>
    lastSocket().heard.flatMap(message => (message.type === 'usage' ? [message.entries] : []))
  const answer = (lastUsedAt: number, itemId = 'a') => {
    lastSocket().say(encodeUsage([{ itemId, lastUsedAt, live: 0 }]))
  }

  it('S10 S14 is told once, after the handshake, and waited for', async () => {
    usage.takePending({ a: NOW - 9 })
    await start()
    lastSocket().open()
    usage.takePending({ a: NOW - 5 })
    lastSocket().hello()
    lastSocket().say(encodeStateVector(NOTHING))
    expect(used()).toEqual([])
    lastSocket().say(encodeMissing(EMPTY_UPDATE), encodeAck(1))
    expect(used()).toEqual([[{ itemId: 'a', lastUsedAt: NOW - 5, live: 0 }]])
    expect(client.status).toBe('syncing')
    answer(NOW - 5)
    expect(client.status).toBe('synced')
    expect(usage.pending()).toEqual({})
    expect(used()).toHaveLength(1)
  })

  it('S14 is not ended by earlier news of another device', async () => {
    await startSynced()
    usage.takePending({ a: NOW - 5 })
    answer(NOW - 60_000)
    expect(usage.pending()).toEqual({ a: NOW - 5 })
    lastSocket().drop() // the server never got it
    await vi.advanceTimersByTimeAsync(1_000)
    lastSocket().open()
    lastSocket().greet()
    expect(used()).toEqual([[{ itemId: 'a', lastUsedAt: NOW - 5, live: 0 }]])
    expect(usage.lastUsedAt('a')).toBe(NOW - 5)
  })

  it('S14 is not ended by the answer to an earlier time', async () => {
    await startSynced()
    usage.takePending({ a: NOW - 9 })
    usage.takePending({ a: NOW - 5 })
    answer(NOW - 9)
    expect(usage.pending()).toEqual({ a: NOW - 5 })
    answer(NOW - 5)
    expect(usage.pending()).toEqual({})
  })

  it('S13 of a clock that was a year ahead is told as now, and then no more', async () => {
    usage.takePending({ a: NOW + 365 * 86_400_000 })
    await start()
    lastSocket().open()
    lastSocket().greet({ serverTime: NOW - 1_000 })
    lastSocket().acknowledgeAll()
    expect(used()).toEqual([[{ itemId: 'a', lastUsedAt: NOW - 1_000, live: 0 }]])
    answer(NOW - 1_000)
    expect(usage.pending()).toEqual({})
    expect(usage.lastUsedAt('a')).toBe(NOW - 1_000)
    expect(client.status).toBe('synced')
  })

  it('S14 of an item that is not there is told no more', async () => {
    await startSynced()
    usage.takePending({ a: NOW - 5 })
    answer(0)
    expect(usage.pending()).toEqual({})
    expect(client.status).toBe('synced')
  })

  it('S13 S29 of an item that somebody is in is not ended by news of them', async () => {
    await startSynced()
    usage.takePending({ a: NOW - 5 })
    lastSocket().say(encodeUsage([{ itemId: 'a', lastUsedAt: 0, live: 2 }]))
    expect(usage.pending()).toEqual({ a: NOW - 5 })
    expect(usage.liveCount('a')).toBe(2)
  })

  it('S29 without a connection nobody is known to be anywhere', async () => {
    await startSynced()
    lastSocket().say(encodeUsage([{ itemId: 'a', lastUsedAt: NOW, live: 2 }]))
    const heard = vi.fn(() => usage.liveCount('a'))
    usage.subscribe(heard)
    lastSocket().drop()
    expect(heard.mock.results.map(({ value }) => value as number)).toEqual([0])
    expect(usage.lastUsedAt('a')).toBe(NOW)
  })

  it('shows what the server says of items that nobody used here', async () => {
    await startSynced()
    answer(NOW - 7, 'b')
    expect(usage.lastUsedAt('b')).toBe(NOW - 7)
    expect(client.status).toBe('synced')
  })
})

describe('the page', () => {
  /** What a browser has and Node has not. */
  const usePage = () => {
    const page = Object.assign(new EventTarget(), {
      document: Object.assign(new EventTarget(), { visibilityState: 'visible' })
    })
    const navigator = { onLine: true }
    vi.stubGlobal('window', page)
    vi.stubGlobal('document', page.document)
    vi.stubGlobal('navigator', navigator)
    return { page, navigator }
  }

  it('S16 is offline at once without a network, tries nothing, and at once when it is back', async () => {
    const { page, navigator } = usePage()
    await startSynced()
    navigator.onLine = false
    page.dispatchEvent(new Event('offline'))
    expect(client.status).toBe('offline')
    await vi.advanceTimersByTimeAsync(120_000)
    expect(FakeSocket.all).toHaveLength(1)
    navigator.onLine = true
    page.dispatchEvent(new Event('online'))
    expect(FakeSocket.all).toHaveLength(2)
  })

  it('S15 begins offline where there is no network', async () => {
    const { navigator } = usePage()
    navigator.onLine = false
    await start()
    expect(client.status).toBe('offline')
    expect(FakeSocket.all).toHaveLength(0)
  })

  it('S16 tries at once when it becomes visible, and not when it is hidden', async () => {
    const { page } = usePage()
    await start()
    lastSocket().drop()
    page.document.visibilityState = 'hidden'
    page.document.dispatchEvent(new Event('visibilitychange'))
    expect(FakeSocket.all).toHaveLength(1)
    page.document.visibilityState = 'visible'
    page.document.dispatchEvent(new Event('visibilitychange'))
    expect(FakeSocket.all).toHaveLength(2)
  })
})

describe('a client that is destroyed', () => {
  it('closes, and does nothing more', async () => {
    await startSynced()
    const socket = lastSocket()
    const heard = vi.fn()
    client.subscribe(heard)
    client.destroy()
    expect(vi.getTimerCount()).toBe(0)
    expect(socket.readyState).toBe(FakeSocket.CLOSING)
    set('a/name', ['A', 1])
    usage.takePending({ a: NOW })
    socket.drop()
    client.retryNow()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(FakeSocket.all).toHaveLength(1)
    expect(socket.types).toEqual(['state-vector', 'missing'])
    expect(heard).not.toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('does not wait for another try', async () => {
    await start()
    lastSocket().drop()
    client.destroy()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('never connects if it had not', async () => {
    const loading = start()
    client.destroy()
    await loading
    expect(FakeSocket.all).toHaveLength(0)
  })
})

import type { Role } from '@foyer/access'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Peer } from './peer.ts'
import { SendWindow } from './send-window.ts'
import { LookupPacer, SessionWatch, type SessionState } from './session-watch.ts'

let now: number
let peers: Peer[]
let standing: Map<string, SessionState>
let looks: number
let events: string[]
let standingFails: boolean
let pacer: LookupPacer
let watch: SessionWatch

const peer = (sessionId: string, sessionEndsAt = 1e9): Peer => ({
  identity: {
    workspaceId: 'w',
    userId: 'u',
    userName: 'U',
    role: 'member',
    sessionId,
    sessionEndsAt,
    extended: true,
    generation: null
  },
  durableUpdates: 0,
  skippedUpdates: 0,
  awareness: [],
  isOpen: true,
  window: new SendWindow(),
  toldGeneration: 1,
  send: () => undefined,
  close: () => undefined
})
const stands = (role: Role | null = 'member', endsAt = 1e9): SessionState => ({ role, endsAt, userName: 'U' })

beforeEach(() => {
  now = 1_000_000
  peers = [peer('a'), peer('b')]
  standing = new Map([
    ['a', stands()],
    ['b', stands()]
  ])
  looks = 0
  events = []
  standingFails = false
  pacer = new LookupPacer()
  watch = new SessionWatch({
    peers: () => peers,
    lookUp: () => {
      looks++
      return standingFails ? Promise.reject(new Error('the database is gone')) : Promise.resolve(standing)
    },
    disconnect: ({ identity }, code) => {
      events.push(`${identity.sessionId} ${code}`)
      peers = peers.filter(one => one.identity !== identity)
    },
    onChange: ({ identity }, { role }) => events.push(`${identity.sessionId} ${role}`),
    now: () => now,
    pacer
  })
})

it('S38 polls each second after a connection, then once a minute', async () => {
  expect(watch.opened(peers[0]!.identity)).toBe(true)
  expect(watch.nextAt).toBe(now + 1_000)
  now += 1_000
  await watch.lookUpIfDue()
  expect(looks).toBe(1)
  for (let second = 0; second < 9; second++) {
    expect(watch.nextAt).toBe(now + 1_000)
    now += 1_000
    await watch.lookUpIfDue()
  }
  expect(watch.nextAt).toBe(now + 60_000)
})

it('S38 finds ended sessions, lost memberships and changed roles', async () => {
  peers.push(peer('c'))
  standing = new Map([
    ['b', stands(null)],
    ['c', stands('viewer')]
  ])
  await watch.lookUp()
  expect(events).toEqual(['a 4401', 'b 4403', 'c viewer'])
})

it('S38 polls each second after a message', async () => {
  now += 60_000
  await watch.lookUp()
  expect([looks, watch.nextAt]).toEqual([1, now + 60_000])
  now += 30_000
  expect([watch.noteActivity(), watch.noteActivity()]).toEqual([true, false])
  expect(watch.nextAt).toBe(now + 1_000)
  now += 1_000
  await watch.lookUpIfDue()
  expect([looks, watch.nextAt]).toEqual([2, now + 1_000])
})

it('S38 polls when a session expires, and backs off when the database fails', async () => {
  now += 60_000
  peers = [peer('a', now + 20_000)]
  standing.set('a', stands('member', now + 20_000))
  await watch.lookUp()
  expect(watch.nextAt).toBe(now + 20_000)
  now += 20_000
  vi.spyOn(console, 'error').mockImplementationOnce(() => undefined)
  standingFails = true
  await watch.lookUpIfDue()
  expect(events).toEqual([])
  expect(watch.nextAt).toBe(now + 1_000)
})

it('S38 ends a session at once, also for a connection that is still being accepted', () => {
  watch.end('a')
  expect(events).toEqual(['a 4401'])
  expect(watch.opened(peer('a').identity)).toBe(false)
  expect(watch.opened(peer('b').identity)).toBe(true)
})

it('S38 does not poll without connections', () => {
  peers = []
  expect(watch.nextAt).toBeNull()
})

it('many objects poll in turn, and a single one each second', () => {
  const turns = (objects: number) => {
    const pacer = new LookupPacer()
    return Array.from({ length: objects }, () => pacer.reserve(1_000))
  }
  expect(turns(3)).toEqual([1_000, 1_020, 1_040])
  expect(turns(500).at(-1)).toBe(1_000 + 499 * 20)
  const alone = new LookupPacer()
  expect([alone.reserve(1_000), alone.reserve(2_000), alone.reserve(3_000)]).toEqual([1_000, 2_000, 3_000])
})

it('repeated lookups of one object take no turns from others', async () => {
  for (let i = 0; i < 200; i++) await watch.lookUp()
  expect(looks).toBe(200)
  expect(pacer.reserve(now)).toBeLessThanOrEqual(now + 1_040)
})

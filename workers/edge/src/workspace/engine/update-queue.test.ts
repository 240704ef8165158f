import { expect, it } from 'vitest'
import type { Peer } from '../connection/peer.ts'
import { SendWindow } from '../connection/send-window.ts'
import { createUpdateQueue } from './update-queue.ts'

const connection = (userId: string): Peer => ({
  identity: {
    workspaceId: 'w',
    userId,
    userName: userId,
    role: 'member',
    sessionId: 's',
    sessionEndsAt: Infinity,
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
const update = (peer: Peer, bytes = 10) => ({ peer, update: new Uint8Array(bytes), isAnswer: false })

it('alternates between people and between the connections of each', () => {
  const queue = createUpdateQueue()
  const many = Array.from({ length: 20 }, () => connection('eve'))
  const bystander = connection('ada')
  for (const peer of many) for (let i = 0; i < 100; i++) queue.push(update(peer))
  queue.push(update(bystander))
  queue.push(update(bystander))
  const taken = queue.take(0, [])
  expect(taken.slice(0, 4).map(({ peer }) => peer.identity.userId)).toEqual(['eve', 'ada', 'eve', 'ada'])
  expect(new Set(taken.slice(4, 20).map(({ peer }) => peer)).size).toBe(16)
})

it('returns put-back updates first and counts them once', () => {
  const queue = createUpdateQueue()
  const peer = connection('ada')
  const sent = Array.from({ length: 200 }, () => update(peer))
  for (const one of sent) queue.push(one)
  for (let round = 0; round < 100; round++) queue.putBack(queue.take(0, []))
  expect(queue.take(0, [])).toEqual(sent)
  expect(queue.size).toBe(0)
})

it('drops the heaviest person when the queue is full, not the last sender', () => {
  const queue = createUpdateQueue()
  const greedy = Array.from({ length: 6 }, () => connection('eve'))
  for (const peer of greedy.slice(0, 5)) expect(queue.push(update(peer, 12 * 1024 * 1024))).toEqual([])
  const bystander = update(connection('ada'), 5 * 1024 * 1024)
  expect(queue.push(bystander)).toEqual(greedy.slice(0, 5))
  expect(queue.take(0, [])).toEqual([bystander])
})

it('drops a peer that exceeds its own limit', () => {
  const queue = createUpdateQueue()
  const [peer, other] = [connection('eve'), connection('ada')]
  queue.push(update(other))
  for (let i = 0; i < 1_500; i++) expect(queue.push(update(peer))).toEqual([])
  expect(queue.push(update(peer))).toEqual([peer])
  expect(queue.size).toBe(1)
})

it('applies a few large updates at a time and holds their peers’ later ones', () => {
  const queue = createUpdateQueue()
  const peers = Array.from({ length: 5 }, (_, i) => connection(`p${i}`))
  for (const peer of peers) {
    queue.push(update(peer, 20_000))
    queue.push(update(peer))
  }
  expect(queue.take(0, []).map(({ peer }) => peer)).toEqual(peers.slice(0, 3))
  expect(queue.take(0, peers.slice(0, 3))).toEqual([])
  expect(queue.take(0, peers.slice(1, 3)).map(({ peer }) => peer)).toEqual([peers[0], peers[3]])
})

import { createRoom, editItem, purgeItem, readItem, resetLinks, type ItemRef } from '@foyer/doc'
import { CLOSE } from '@foyer/sync'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Device, Tab } from './device.ts'
import { comeToRest, expectAllIsWell, storedDocument } from './expectations.ts'
import { World } from './world.ts'

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS

let world: World
let home: Device
let away: Device

beforeEach(async () => {
  world = new World({ seed: 1, clockErrors: [0, -20_000, 15_000], people: 3 })
  const [first, second] = world.devices
  if (first === undefined || second === undefined) throw new Error('there are two')
  home = first
  away = second
  await world.time.pass(10_000)
})
afterEach(() => {
  world.end()
})

const pageOf = ({ tabs: [tab] }: Device): Tab => {
  if (tab === undefined) throw new Error('no page is open')
  return tab
}
const make = (device: Device, name: string): ItemRef => ({
  kind: 'room',
  id: createRoom(pageOf(device).doc, { name }, pageOf(device).clock.now())
})
const rename = (device: Device, ref: ItemRef, name: string) => {
  editItem(pageOf(device).doc, ref, { name }, pageOf(device).clock.now())
}
const standing = (ref: ItemRef) => readItem(storedDocument(world), ref)?.name
const goOffline = () => {
  world.network.setOffline(away.host, true)
}

it('a device that was offline for 30 days keeps what nobody changed since, and gives way in the rest', async () => {
  const [mine, ours, old] = [make(home, 'Mine'), make(home, 'Ours'), make(home, 'Old')]
  await world.time.pass(10_000)
  goOffline()
  const fresh = make(away, 'Made on the plane')
  for (const ref of [mine, ours, old]) rename(away, ref, 'Renamed on the plane')
  away.reload()
  editItem(pageOf(home).doc, old, { deletedAt: pageOf(home).clock.now() }, pageOf(home).clock.now())
  for (let day = 0; day < 31; day++) {
    rename(home, ours, `Day ${day}`)
    for (let hour = 0; hour < 24; hour += 8) {
      rename(home, make(home, `Day ${day}, ${hour}`), 'Renamed')
      await world.time.pass(8 * HOUR_MS)
    }
    if (day % 7 === 0) world.server.kill()
  }
  expect(world.database.rows.snapshots[0]?.seq).toBeGreaterThan(20) // what it knew is long compacted
  world.record.purged.add(old.id) // 30 days in "Recently deleted"

  await comeToRest(world)
  expectAllIsWell(world)
  expect([mine, ours, old, fresh].map(standing)).toEqual([
    'Renamed on the plane',
    'Day 30',
    undefined,
    'Made on the plane'
  ])
})

it('a device whose person may only read by now is refused, takes a fresh copy, and is in sync', async () => {
  const ref = make(home, 'Weekly')
  await world.time.pass(10_000)
  goOffline()
  rename(away, ref, 'Not mine to name')
  world.server.changeRole(away.userId, 'viewer')
  await world.time.pass(5 * DAY_MS)
  world.network.setOffline(away.host, false)
  await world.time.pass(HOUR_MS)
  const { client } = pageOf(away)
  expect(client).toMatchObject({ status: 'refused', closeCode: CLOSE.notAMember })
  expect(client.notice).toMatchObject({ code: 'read-only' })
  await comeToRest(world)
  expectAllIsWell(world)
  expect(standing(ref)).toBe('Weekly')
})

it('a device one of whose changes was put back hears why, and is in sync by itself', async () => {
  const ref = make(home, 'Weekly')
  await world.time.pass(10_000)
  goOffline()
  resetLinks(pageOf(away).doc, ref, pageOf(away).clock.now())
  rename(away, ref, 'Renamed on the plane')
  await world.time.pass(HOUR_MS)
  resetLinks(pageOf(home).doc, ref, pageOf(home).clock.now())
  const { slug } = readItem(pageOf(home).doc, ref) ?? {}
  await world.time.pass(HOUR_MS)
  const page = pageOf(away)
  await comeToRest(world)
  expect(page.client.notice).toMatchObject({ code: 'links-kept-epoch' })
  expectAllIsWell(world)
  expect(readItem(storedDocument(world), ref)).toMatchObject({ slug, epoch: 2, name: 'Renamed on the plane' })
})

it('an item that was made, deleted and purged before anybody saw it leaves nothing behind', async () => {
  goOffline()
  const ref = make(away, 'A mistake')
  const { doc, clock } = pageOf(away)
  editItem(doc, ref, { deletedAt: clock.now() }, clock.now())
  purgeItem(doc, ref)
  world.record.purged.add(ref.id)
  await comeToRest(world)
  expectAllIsWell(world)
  expect(standing(ref)).toBeUndefined()
})

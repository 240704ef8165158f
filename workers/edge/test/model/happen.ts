import type { Device, Tab } from './device.ts'
import { itemsOf, makeEdit } from './edits.ts'
import type { Event } from './events.ts'
import { attack } from './hostile-device.ts'
import type { World } from './world.ts'

/** Lets an event happen, and a moment pass. */
export const happen = async (world: World, event: Event): Promise<void> => {
  if (event.type === 'time passes') {
    await world.time.pass(event.ms)
    return
  }
  if ('device' in event) onDevice(world, event, round(world.devices, event.device))
  else if (event.type === 'attack') attack(world, event.attack)
  else onServer(world, event)
  await world.time.pass(world.random.between(0, 30))
}

type OnDevice = Extract<Event, { device: number }>

const onDevice = (world: World, event: OnDevice, device: Device): void => {
  const { record, network } = world
  switch (event.type) {
    case 'edit': {
      const page = pageOf(device, event.tab)
      // Nobody is offered to change what they may only read.
      if (page !== undefined && page.client.role !== 'viewer') makeEdit(page, event.edit, record)
      return
    }
    case 'use':
      use(world, device, event.tab, event.item)
      return
    case 'goes offline':
    case 'comes online':
      network.setOffline(device.host, event.type === 'goes offline')
      return
    case 'opens a tab':
      if (device.tabs.length < 3) device.openTab()
      return
    case 'closes a tab': {
      const page = device.tabs.at(-1)
      if (page !== undefined) device.closeTab(page)
      return
    }
    case 'reloads':
      device.reload()
      return
    case 'crashes':
      device.crash()
      return
    case 'connection': {
      const connection = network.of(device.host).at(-1)
      if (event.how === 'drops') connection?.drop()
      else if (event.how === 'lingers') connection?.linger()
      else connection?.fallSilent()
      return
    }
    case 'clock steps':
      device.clockError += event.byMs
      device.steppedBackMs += Math.max(0, -event.byMs)
  }
}

const use = ({ record, time }: World, device: Device, index: number, itemIndex: number): void => {
  const page = pageOf(device, index)
  if (page === undefined) return
  const items = itemsOf(page)
  const item = items[itemIndex % Math.max(1, items.length)]
  if (item === undefined) return
  const at = page.clock.now()
  page.usage.takePending({ [item.id]: at })
  record.marks.push({ device: device.host, itemId: item.id, at, trueAt: time.now })
}

const onServer = (
  { server, database, devices }: World,
  event: Exclude<Event, OnDevice | { type: 'time passes' | 'attack' }>
): void => {
  switch (event.type) {
    case 'role': {
      const people = [...new Set(devices.map(({ userId }) => userId))]
      const person = round(people, event.person)
      // The owner stays what they are, so that there is always somebody who can write.
      if (person !== people[0]) server.changeRole(person, event.role)
      return
    }
    case 'database fails':
      database.failNext(event.at)
      return
    case 'database':
      if (event.how === 'is slow') database.beSlow(event.ms)
      else database.beOutOfReach(event.ms)
      return
    case 'server':
      if (event.how === 'is killed') server.kill()
      else if (event.how === 'is followed') server.follow()
      else server.hibernate()
  }
}

const pageOf = ({ tabs }: Device, index: number): Tab | undefined => tabs[index % Math.max(1, tabs.length)]

const round = <T>(all: T[], index: number): T => {
  const one = all[index % all.length]
  if (one === undefined) throw new Error('there is none')
  return one
}

import { entriesOf, isUpcoming, type Item } from '@foyer/doc'
import { untrack } from 'svelte'
import { on } from 'svelte/events'
import { HOME_SNAPSHOT_VERSION, type HomeSnapshot, type SnapshotItem } from '#lib/device/home-snapshot.ts'
import { homeView, type HomeOrder } from '#lib/home/order/home-order.svelte.ts'
import type { Pins } from '#lib/pins/pins.svelte.ts'
import type { Now } from '#lib/reactive/now.svelte.ts'
import type { OpenWorkspace } from '#lib/workspace/open/open-workspace.svelte.ts'
import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'

/** More items than a large screen shows, including overscan. */
const MAX_ITEMS = 48
/** Changes often come in bursts. */
const THROTTLE_MS = 1_000

interface Parts {
  workspaces: Workspaces
  pins: Pins
  now: Now
  homeOrder: HomeOrder
}

/**
 * Saves what Home shows, on every page, so that the next open shows it at once.
 * @returns stops saving
 */
export const saveHomeSnapshots = (parts: Parts): (() => void) => {
  const { workspaces } = parts
  let timer: ReturnType<typeof setTimeout> | undefined

  const save = () => {
    clearTimeout(timer)
    timer = undefined
    const { current } = workspaces
    if (current?.loaded === true) void workspaces.device.writeHomeSnapshot(snapshotOf(parts, current))
  }
  const saveSoon = () => (timer ??= setTimeout(save, THROTTLE_MS))
  const stopEffects = $effect.root(() => {
    $effect(() => {
      const { current } = workspaces
      if (current?.loaded !== true) return
      track(parts, current)
      saveSoon()
    })
  })
  const offVisibilityChange = on(document, 'visibilitychange', () => {
    if (document.visibilityState === 'hidden' && timer !== undefined) save()
  })
  return () => {
    stopEffects()
    offVisibilityChange()
    clearTimeout(timer)
  }
}

const firstItems = ({ pins, now, homeOrder: { rooms, webinars } }: Parts) => {
  const at = untrack(() => now.current)
  const upcomingCount = webinars.findLastIndex(webinar => isUpcoming(webinar, at)) + 1
  const parts = [webinars.slice(0, upcomingCount), webinars.slice(upcomingCount)]
  return {
    rooms: rooms.slice(0, MAX_ITEMS),
    webinars: parts.flatMap(part => pins.first(part).slice(0, MAX_ITEMS))
  }
}

/** Reads everything the snapshot depends on. Call in an effect. */
const track = (parts: Parts, { items }: OpenWorkspace) => {
  const { rooms, webinars } = firstItems(parts)
  for (const item of [...rooms, ...webinars]) parts.workspaces.isUnsynced(item)
  return [parts.homeOrder.chosen, items.hasDeleted, items.lastUsedAt('')]
}

const snapshotOf = (parts: Parts, { id, doc, items }: OpenWorkspace): HomeSnapshot => {
  const { workspaces, homeOrder: order } = parts
  const toSnapshotItem = (item: Item): SnapshotItem => ({
    id: item.id,
    entries: entriesOf(doc, item),
    lastUsedAt: items.lastUsedAt(item.id),
    unsynced: workspaces.isUnsynced(item)
  })
  const { rooms, webinars } = firstItems(parts)
  return {
    version: HOME_SNAPSHOT_VERSION,
    workspaceId: id,
    view: homeView(order.chosen),
    rooms: rooms.map(toSnapshotItem),
    roomCount: order.rooms.length,
    webinars: webinars.map(toSnapshotItem),
    webinarCount: order.webinars.length,
    hasDeleted: items.hasDeleted
  }
}

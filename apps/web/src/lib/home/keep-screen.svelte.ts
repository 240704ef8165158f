import { entriesOf, isUpcoming, type Item } from '@foyer/doc'
import { untrack } from 'svelte'
import { on } from 'svelte/events'
import { SCREEN_VERSION, type ScreenRecord, type SeenItem } from '#lib/device/screen-record.ts'
import type { Foyer } from '#lib/workspace/workspaces.svelte.ts'
import type { OpenWorkspace } from '#lib/workspace/open-workspace.svelte.ts'
import { homeView, type HomeOrder } from '#lib/home/order/home-order.svelte.ts'

/** More than a large screen shows, with the rows that are drawn around it. */
const MOST = 48
/** Changes often come in bursts. */
const PAUSE_MS = 1_000

/**
 * Keeps what Home shows of the workspace, whatever page is on the screen: the next open shows it at once.
 * @returns ends it
 */
export const keepScreen = (foyer: Foyer, order: HomeOrder): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined

  const keep = () => {
    clearTimeout(timer)
    timer = undefined
    const { workspace } = foyer
    if (workspace?.loaded === true) void foyer.device.writeScreen(screenOf(foyer, workspace, order))
  }
  const keepSoon = () => (timer ??= setTimeout(keep, PAUSE_MS))
  const endEffects = $effect.root(() => {
    $effect(() => {
      const { workspace } = foyer
      if (workspace?.loaded !== true) return
      follow(foyer, workspace, order)
      keepSoon()
    })
  })
  const endHiding = on(document, 'visibilitychange', () => {
    if (document.visibilityState === 'hidden' && timer !== undefined) keep()
  })
  return () => {
    endEffects()
    endHiding()
    clearTimeout(timer)
  }
}

const firstItems = ({ pins, now }: Foyer, { rooms, webinars }: HomeOrder) => {
  const at = untrack(() => now.current)
  const upcomingCount = webinars.findLastIndex(webinar => isUpcoming(webinar, at)) + 1
  const parts = [webinars.slice(0, upcomingCount), webinars.slice(upcomingCount)]
  return {
    rooms: rooms.slice(0, MOST),
    webinars: parts.flatMap(part => pins.first(part).slice(0, MOST))
  }
}

/** To be run in an effect: reads what would make another screen. */
const follow = (foyer: Foyer, { items }: OpenWorkspace, order: HomeOrder) => {
  const { rooms, webinars } = firstItems(foyer, order)
  for (const item of [...rooms, ...webinars]) foyer.isUnsynced(item)
  return [order.chosen, items.hasDeleted, items.lastUsedAt('')]
}

const screenOf = (foyer: Foyer, { id, doc, items }: OpenWorkspace, order: HomeOrder): ScreenRecord => {
  const seen = (item: Item): SeenItem => ({
    id: item.id,
    entries: entriesOf(doc, item),
    lastUsedAt: items.lastUsedAt(item.id),
    unsynced: foyer.isUnsynced(item)
  })
  const { rooms, webinars } = firstItems(foyer, order)
  return {
    version: SCREEN_VERSION,
    workspaceId: id,
    view: homeView(order.chosen),
    rooms: rooms.map(seen),
    roomCount: order.rooms.length,
    webinars: webinars.map(seen),
    webinarCount: order.webinars.length,
    hasDeleted: items.hasDeleted
  }
}

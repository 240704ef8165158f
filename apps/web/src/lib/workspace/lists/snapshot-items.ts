import { inHomeOrder, itemOf, webinarRank, type Item, type Room, type Webinar } from '@foyer/doc'
import { HOME_SNAPSHOT_VERSION, type HomeSnapshot, type SnapshotItem } from '#lib/device/home-snapshot.ts'

/** The items of a Home snapshot, shown until the document is loaded. */
export class SnapshotItems {
  readonly workspaceId: string
  /** The first rooms, in the order shown. */
  readonly rooms: Room[]
  /** The number of all rooms. */
  readonly roomCount: number
  readonly webinarCount: number
  readonly hasDeleted: boolean
  readonly #webinars: Webinar[]
  readonly #items: ReadonlyMap<string, SnapshotItem>

  constructor({ workspaceId, rooms, roomCount, webinars, webinarCount, hasDeleted }: HomeSnapshot) {
    this.workspaceId = workspaceId
    this.rooms = rooms.flatMap(item => itemsOf('room', item))
    this.#webinars = webinars.flatMap(item => itemsOf('webinar', item))
    this.roomCount = Math.max(roomCount, this.rooms.length)
    this.webinarCount = Math.max(webinarCount, this.#webinars.length)
    this.hasDeleted = hasDeleted
    this.#items = new Map([...rooms, ...webinars].map(item => [item.id, item]))
  }

  /** @param now ms since 1970: ended webinars come last */
  webinars(now: number): Webinar[] {
    return inHomeOrder(this.#webinars, webinar => webinarRank(webinar, now))
  }

  lastUsedAt(itemId: string): number | undefined {
    return this.#items.get(itemId)?.lastUsedAt
  }

  /** Unknown before the connection. */
  liveCount(): number {
    return 0
  }

  isUnsynced(itemId: string): boolean {
    return this.#items.get(itemId)?.unsynced === true
  }
}

/** @returns null unless the snapshot matches the workspace, the view and the app's version */
export const readSnapshotItems = (
  screen: HomeSnapshot | undefined,
  { workspaceId, view }: { workspaceId: string | undefined; view: string }
): SnapshotItems | null =>
  screen?.version === HOME_SNAPSHOT_VERSION && screen.workspaceId === workspaceId && screen.view === view
    ? new SnapshotItems(screen)
    : null

const itemsOf = <K extends Item['kind']>(kind: K, { id, entries }: SnapshotItem) => {
  const item = itemOf({ kind, id }, entries)
  return item === undefined ? [] : [item as Extract<Item, { kind: K }>]
}

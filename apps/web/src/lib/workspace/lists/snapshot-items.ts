import { inHomeOrder, itemOf, webinarRank, type Item, type Room, type Webinar } from '@foyer/doc'
import { HOME_SNAPSHOT_VERSION, type HomeSnapshot, type SnapshotItem } from '#lib/device/home-snapshot.ts'

/** What Home showed when it was last seen: it stands for a workspace's items until their document is loaded. */
export class SnapshotItems {
  readonly workspaceId: string
  /** The first ones, in the order in which they were shown. */
  readonly rooms: Room[]
  /** How many there were in all. */
  readonly roomCount: number
  readonly webinarCount: number
  readonly hasDeleted: boolean
  readonly #webinars: Webinar[]
  readonly #snapshot: ReadonlyMap<string, SnapshotItem>

  constructor({ workspaceId, rooms, roomCount, webinars, webinarCount, hasDeleted }: HomeSnapshot) {
    this.workspaceId = workspaceId
    this.rooms = rooms.flatMap(seen => itemsOf('room', seen))
    this.#webinars = webinars.flatMap(seen => itemsOf('webinar', seen))
    this.roomCount = Math.max(roomCount, this.rooms.length)
    this.webinarCount = Math.max(webinarCount, this.#webinars.length)
    this.hasDeleted = hasDeleted
    this.#snapshot = new Map([...rooms, ...webinars].map(seen => [seen.id, seen]))
  }

  /** @param now ms since 1970: what has ended meanwhile comes last */
  webinars(now: number): Webinar[] {
    return inHomeOrder(this.#webinars, webinar => webinarRank(webinar, now))
  }

  lastUsedAt(itemId: string): number | undefined {
    return this.#snapshot.get(itemId)?.lastUsedAt
  }

  /** Who is where now, nobody knows yet. */
  liveCount(): number {
    return 0
  }

  isUnsynced(itemId: string): boolean {
    return this.#snapshot.get(itemId)?.unsynced === true
  }
}

/** @returns null where it is not of this workspace, this way to show it and this version of the app */
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

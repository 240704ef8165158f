import type { Access, Cover, ItemKind, Lobby, Look } from '@foyer/doc'

/** What the room and its lobby show of an item: the same for its host, for a guest and in the preview. */
export interface GuestItem {
  kind: ItemKind
  name: string
  access: Access
  cover: Cover
  look: Look | null
  lobby: Lobby | null
}

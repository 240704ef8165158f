import type { Access, Cover, ItemKind, Lobby, Look } from '@foyer/doc'

/** The part of an item that the room and the lobby show. */
export interface GuestItem {
  kind: ItemKind
  name: string
  access: Access
  cover: Cover
  look: Look | null
  lobby: Lobby | null
}

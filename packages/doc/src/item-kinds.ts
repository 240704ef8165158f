export const ITEM_KINDS = ['room', 'webinar'] as const
export type ItemKind = (typeof ITEM_KINDS)[number]

/** Names one item of a workspace. */
export interface ItemRef {
  kind: ItemKind
  id: string
}

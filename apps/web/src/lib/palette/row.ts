import type { Item } from '@foyer/doc'
import type { IconName } from '#lib/ui/icons.ts'

/** One line of the palette. */
export interface Row {
  /** Unique among the shown rows. */
  id: string
  label: string
  /** Secondary text: an action's item, or what choosing an item does. */
  detail?: string
  icon: IconName
  danger?: boolean
  /** An item with further actions besides `run`. */
  item?: Item
  run: () => void
}

export interface RowGroup {
  heading: string
  rows: Row[]
}

import type { Item } from '@foyer/doc'
import type { IconName } from '#lib/ui/icons.ts'

/** One line of the palette. */
export interface Row {
  /** Unique among the rows that are shown. */
  id: string
  label: string
  /** What belongs to it: the item that an action is for, or what choosing an item does. */
  detail?: string
  icon: IconName
  danger?: boolean
  /** There is more to do with this item than `run`. */
  item?: Item
  run: () => void
}

export interface RowGroup {
  heading: string
  rows: Row[]
}

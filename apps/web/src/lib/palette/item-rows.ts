import type { Item } from '@foyer/doc'
import { fold } from '#lib/intl/fold.ts'
import type { ItemActions } from '#lib/items/actions/item-actions.svelte.ts'
import { matching } from './match.ts'
import type { Row } from './row.ts'

/** An item with its name folded, once for all that is typed. */
export interface FoldedItem {
  item: Item
  folded: string
}

type Menus = Pick<ItemActions, 'menu' | 'enter'>

/** With no more items than these, all that can be done with each is listed at once. */
const FEW = 3

/** The row of an item: choosing it goes in. */
export const itemRow = (item: Item, actions: Menus): Row => {
  const enter = actions.menu(item).find(isEntering)
  return {
    id: item.id,
    label: item.name,
    ...(enter === undefined ? {} : { detail: enter.label }),
    icon: item.kind,
    item,
    run: () => void actions.enter(item)
  }
}

/** All that can be done with an item, as its settings menu says it. */
export const actionRows = (item: Item, actions: Menus): Row[] =>
  actions.menu(item).map(entry => ({
    id: `${item.id}/${entry.label}`,
    label: entry.label,
    icon: entry.icon,
    danger: entry.danger === true,
    run: entry.onselect
  }))

/**
 * What can be done with the items that were found, where they are few; and "clients rename": some words name the
 * item, the others what to do with it.
 */
export const foundActions = (
  items: readonly FoldedItem[],
  found: readonly Item[],
  words: readonly string[],
  actions: Menus,
  most: number
): Row[] => {
  const few = found.length > FEW ? [] : found
  const rows = few.flatMap(item => namedRows(item, actions).filter(({ icon }) => icon !== 'enter'))
  const labels = new Set(SAMPLES.flatMap(kind => labelsOf(items, kind, actions)))
  for (const { item, folded } of items) {
    if (rows.length >= most) break
    const rest = words.filter(word => !folded.includes(word))
    if (rest.length === 0 || rest.length === words.length) continue
    // A menu is made for those items alone that it may find something in.
    if (![...labels].some(label => rest.every(word => label.includes(word)))) continue
    rows.push(
      ...matching(namedRows(item, actions), ({ label }) => fold(label), rest).map(({ entry }) => entry)
    )
  }
  return rows.slice(0, most)
}

/** Among other rows each says whose it is. */
const namedRows = (item: Item, actions: Menus): Row[] =>
  actionRows(item, actions).map(row => ({ ...row, detail: item.name }))

const SAMPLES = ['room', 'webinar'] as const

const labelsOf = (items: readonly FoldedItem[], kind: Item['kind'], actions: Menus): string[] => {
  const sample = items.find(({ item }) => item.kind === kind)
  return sample === undefined ? [] : actions.menu(sample.item).map(({ label }) => fold(label))
}

const isEntering = ({ icon }: { icon: string }): boolean => icon === 'enter'

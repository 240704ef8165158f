import type { Item } from '@foyer/doc'
import { fold } from '#lib/intl/fold.ts'
import type { ItemActions } from '#lib/items/actions/item-actions.svelte.ts'
import { matching } from './match.ts'
import type { Row } from './row.ts'

/** An item with its folded name, cached while typing. */
export interface FoldedItem {
  item: Item
  folded: string
}

type Menus = Pick<ItemActions, 'menu' | 'enter'>

/** Up to this many results, each item's actions are listed too. */
const MAX_EXPANDED = 3

/** An item's row; choosing it joins. */
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

/** An item's actions, named as in its settings menu. */
export const actionRows = (item: Item, actions: Menus): Row[] =>
  actions.menu(item).map(entry => ({
    id: `${item.id}/${entry.label}`,
    label: entry.label,
    icon: entry.icon,
    danger: entry.danger === true,
    run: entry.onselect
  }))

/**
 * Actions of the items found, if there are few.
 * Also matches "clients rename": some words name the item, the others an action.
 */
export const foundActions = (
  items: readonly FoldedItem[],
  found: readonly Item[],
  words: readonly string[],
  actions: Menus,
  max: number
): Row[] => {
  const few = found.length > MAX_EXPANDED ? [] : found
  const rows = few.flatMap(item => namedRows(item, actions).filter(({ icon }) => icon !== 'enter'))
  const labels = new Set(SAMPLES.flatMap(kind => labelsOf(items, kind, actions)))
  for (const { item, folded } of items) {
    if (rows.length >= max) break
    const rest = words.filter(word => !folded.includes(word))
    if (rest.length === 0 || rest.length === words.length) continue
    // Building a menu is slow: skip items whose menu cannot match.
    if (![...labels].some(label => rest.every(word => label.includes(word)))) continue
    rows.push(
      ...matching(namedRows(item, actions), ({ label }) => fold(label), rest).map(({ entry }) => entry)
    )
  }
  return rows.slice(0, max)
}

/** Action rows with the item's name, for mixed lists. */
const namedRows = (item: Item, actions: Menus): Row[] =>
  actionRows(item, actions).map(row => ({ ...row, detail: item.name }))

const SAMPLES = ['room', 'webinar'] as const

const labelsOf = (items: readonly FoldedItem[], kind: Item['kind'], actions: Menus): string[] => {
  const sample = items.find(({ item }) => item.kind === kind)
  return sample === undefined ? [] : actions.menu(sample.item).map(({ label }) => fold(label))
}

const isEntering = ({ icon }: { icon: string }): boolean => icon === 'enter'

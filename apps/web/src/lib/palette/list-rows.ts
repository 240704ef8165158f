import { readLink, type Item } from '@foyer/doc'
import { fold } from '#lib/intl/fold.ts'
import type { ItemActions } from '#lib/items/actions/item-actions.svelte.ts'
import { createSearch, readQuery, type Query } from '#lib/items/search.ts'
import { m } from '#lib/paraglide/messages.js'
import { foundActions, itemRow, type FoldedItem } from './item-rows.ts'
import { matching, rankOf, wordsOf } from './match.ts'
import type { Row, RowGroup } from './row.ts'

/** The maximum number of rows. */
export const MAX_ROWS = 50
const RECENT = 5
const MAX_ACTIONS = 12

interface Listed {
  /** Rooms and webinars in Home's order. */
  items: readonly FoldedItem[]
  recent: readonly Item[]
  commands: readonly Row[]
  actions: Pick<ItemActions, 'menu' | 'enter'>
}

/** The palette's rows for a query, the group with the better match first. */
export const listRows = (query: string, { items, recent, commands, actions }: Listed): RowGroup[] => {
  const words = wordsOf(query)
  if (words.length === 0) {
    const rows = recent.slice(0, RECENT).map(item => itemRow(item, actions))
    return present([
      { heading: m.shell_palette_recent(), rows },
      { heading: m.shell_palette_commands(), rows: [...commands] }
    ])
  }
  const foundCommands = matching(commands, ({ label }) => fold(label), words)
  const asked = readQuery(query, readLink)
  const found = asked === null ? [] : findItems(items, asked)
  const foundItems = found.map(({ entry }) => entry.item)
  const more = foundActions(items, foundItems, words, actions, MAX_ACTIONS)
  const room = MAX_ROWS - foundCommands.length - more.length
  const itemRows = foundItems.slice(0, room).map(item => itemRow(item, actions))
  const ofItems = [
    { heading: m.shell_palette_items(), rows: itemRows },
    { heading: m.shell_palette_actions(), rows: more }
  ]
  const ofCommands = { heading: m.shell_palette_commands(), rows: foundCommands.map(({ entry }) => entry) }
  const commandsFirst = (foundCommands[0]?.rank ?? Infinity) < (found[0]?.rank ?? 1)
  return present(commandsFirst ? [ofCommands, ...ofItems] : [...ofItems, ofCommands])
}

const search = createSearch()

/** The items that Home's search finds too, best first. */
const findItems = (items: readonly FoldedItem[], query: Query): { entry: FoldedItem; rank: number }[] =>
  items
    .flatMap(entry => {
      const rank = search.matches(entry.item, query) ? (rankOf(entry.folded, query.words) ?? CODE_RANK) : null
      return rank === null ? [] : [{ entry, rank }]
    })
    .sort((a, b) => a.rank - b.rank)

/** Ranks like a word inside a name. */
const CODE_RANK = 2

const present = (groups: RowGroup[]): RowGroup[] => groups.filter(({ rows }) => rows.length > 0)

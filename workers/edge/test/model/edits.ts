import {
  ACCESS_LEVELS,
  createRoom,
  createWebinar,
  editItem,
  InvalidValueError,
  purgeItem,
  readItems,
  resetLinks,
  type Item
} from '@foyer/doc'
import fc from 'fast-check'
import type * as Y from 'yjs'
import type { Tab } from './device.ts'
import type { RunRecord } from './record.ts'

/** A change to an item as the app makes it. */
type Change = (page: { doc: Y.Doc; item: Item; value: number; now: number }) => void

/** What a person can do to an item in a page of the app. */
const CHANGES = {
  rename: ({ doc, item, value, now }) => {
    editItem(doc, item, { name: `Name ${value}` }, now)
  },
  access: ({ doc, item, value, now }) => {
    editItem(doc, item, { access: ACCESS_LEVELS[value % 3] ?? 'ask' }, now)
  },
  cover: ({ doc, item, value, now }) => {
    editItem(doc, item, { cover: { preset: `preset-${value}` } }, now)
  },
  look: ({ doc, item, value, now }) => {
    editItem(doc, item, { look: { accent: colourOf(value), welcome: `Welcome ${value}` } }, now)
  },
  lobby: ({ doc, item, value, now }) => {
    editItem(doc, item, { lobby: { layout: 'side', accent: colourOf(value) } }, now)
  },
  schedule: ({ doc, item, value, now }) => {
    editItem(doc, item, { schedule: scheduleOf(value) }, now)
  },
  description: ({ doc, item, value, now }) => {
    editItem(doc, item, { description: `About ${value}` }, now)
  },
  delete: ({ doc, item, now }) => {
    editItem(doc, item, { deletedAt: now }, now)
  },
  undelete: ({ doc, item, now }) => {
    editItem(doc, item, { deletedAt: null }, now)
  },
  purge: ({ doc, item }) => {
    if (item.deletedAt !== null) purgeItem(doc, item)
  },
  'reset links': ({ doc, item, now }) => {
    resetLinks(doc, item, now)
  }
} satisfies Record<string, Change>

const ALL_CHANGES = Object.keys(CHANGES) as (keyof typeof CHANGES)[]

export interface Edit {
  change: 'new room' | 'new webinar' | keyof typeof CHANGES
  /** Which of the page's items, counted round. */
  item: number
  value: number
}

export const anyEdit: fc.Arbitrary<Edit> = fc.record({
  change: fc.oneof(
    { arbitrary: fc.constantFrom('new room' as const, 'new webinar' as const), weight: 3 },
    { arbitrary: fc.constantFrom('rename' as const, 'access' as const), weight: 6 },
    { arbitrary: fc.constantFrom(...ALL_CHANGES), weight: 8 }
  ),
  item: fc.nat(2),
  value: fc.nat(99)
})

/** The page's items, in an order that all pages share. */
export const itemsOf = (tab: Tab): Item[] =>
  [...readItems(tab.doc, 'room'), ...readItems(tab.doc, 'webinar')].sort((a, b) => (a.id < b.id ? -1 : 1))

/** Does it as the app would: an item that is not there (any more) is left alone. */
export const makeEdit = (tab: Tab, { change, item: index, value }: Edit, record: RunRecord): void => {
  const { doc } = tab
  const now = tab.clock.now()
  const items = itemsOf(tab)
  const item = items[index % Math.max(1, items.length)]
  const name = `Name ${value}`
  if (change === 'new webinar') createWebinar(doc, { name, schedule: scheduleOf(value) }, now)
  else if (item === undefined || change === 'new room') createRoom(doc, { name }, now)
  else {
    if (change === 'purge' && item.deletedAt !== null) record.purged.add(item.id)
    try {
      CHANGES[change]({ doc, item, value, now })
    } catch (error) {
      if (!(error instanceof InvalidValueError)) throw error // a room has no schedule
    }
  }
}

const colourOf = (value: number): string => `#${value.toString(16).padStart(6, '0')}`

const scheduleOf = (value: number) => ({
  startsAt: `2027-03-01T${String(value % 24).padStart(2, '0')}:00`,
  timeZone: 'Europe/Berlin',
  minutes: 1 + value
})

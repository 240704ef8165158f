import { createRoom, createWebinar, readItems, type Item } from '@foyer/doc'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { fold } from '#lib/intl/fold.ts'
import type { MenuItem } from '#lib/ui/menu-item.ts'
import { listRows, MAX_ROWS } from './list-rows.ts'

const SCHEDULE = { startsAt: '2031-12-01T10:00', timeZone: 'Europe/Berlin', minutes: 45 }
const entry = (label: string, icon: MenuItem['icon']): MenuItem => ({
  label,
  icon,
  onselect: () => undefined
})

const menu = ({ kind }: Item): MenuItem[] => [
  entry('Rename and privacy', 'edit'),
  entry('Copy participant link', 'link'),
  entry(kind === 'room' ? 'Join' : 'Start webinar', 'enter')
]
const commands = ['New room', 'Go to Home'].map(label => ({
  id: label,
  label,
  icon: 'plus' as const,
  run: () => undefined
}))

const list = (query: string, rooms: string[], webinars: string[] = []) => {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const name of rooms) createRoom(doc, { name }, 1)
    for (const name of webinars) createWebinar(doc, { name, schedule: SCHEDULE }, 1)
  })
  const items = [...readItems(doc, 'room'), ...readItems(doc, 'webinar')]
  const folded = items.map(item => ({ item, folded: fold(item.name) }))
  const actions = { menu, enter: () => Promise.resolve() }
  return listRows(query, { items: folded, recent: items, commands, actions }).map(({ heading, rows }) => [
    heading,
    ...rows.map(({ label, detail = '' }) => `${label} · ${detail}`)
  ])
}

test('without a query: recent items, then all commands', () => {
  expect(list('', ['Clients'])).toEqual([
    ['Recent', 'Clients · Join'],
    ['Commands', 'New room · ', 'Go to Home · ']
  ])
})

test('a found item is followed by its actions', () => {
  expect(list('cafe', ['Café', 'Team'], ['Launch'])).toEqual([
    ['Rooms and webinars', 'Café · Join'],
    ['Actions', 'Rename and privacy · Café', 'Copy participant link · Café']
  ])
})

test('links, codes and invitations find their item, as in Home’s search', () => {
  const doc = new Y.Doc()
  for (const name of ['Café', 'Team']) createRoom(doc, { name }, 1)
  const items = readItems(doc, 'room')
  const folded = items.map(item => ({ item, folded: fold(item.name) }))
  const slug = items.find(({ name }) => name === 'Café')?.slug ?? ''
  const link = `https://foyer.example/r/${slug}`
  for (const query of [
    link,
    `<${link}#host=abcdefghijklmnopqrstuv>`,
    slug.toUpperCase(),
    slug.slice(-10),
    `(${slug}).`,
    `Join us at 10: ${link} See you`,
    `انضم ${link}`
  ]) {
    const [first] = listRows(query, {
      items: folded,
      recent: items,
      commands,
      actions: { menu, enter: () => Promise.resolve() }
    })
    expect(first?.rows.map(({ label }) => label)).toEqual(['Café'])
  }
})

test('a query may name an item and an action', () => {
  expect(list('lau sta', ['Clients'], ['Launch'])).toEqual([['Actions', 'Start webinar · Launch']])
})

test('the group with the better match comes first', () => {
  const [first] = list('new room', ['My new room'])
  expect(first).toEqual(['Commands', 'New room · '])
  expect(list('new room', ['New room B'])[0]?.[0]).toBe('Rooms and webinars')
})

test('10,000 items give at most MAX_ROWS rows, including commands', () => {
  const groups = list(
    'room',
    Array.from({ length: 10_000 }, (_, i) => `Room ${String(i)}`)
  )
  expect(groups.flatMap(([, ...rows]) => rows)).toHaveLength(MAX_ROWS)
  expect(groups.at(-1)).toEqual(['Commands', 'New room · '])
})

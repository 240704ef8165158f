import type { ItemKind } from '@foyer/doc'
import { m } from '#lib/paraglide/messages.js'

/** Suggests an unused name for a new item: from a short list, then numbered. */
export const suggestName = (kind: ItemKind, taken: Iterable<string>): string => {
  const isTaken = new Set(Array.from(taken, fold))
  const names = (kind === 'room' ? m.items_room_names() : m.items_webinar_names()).split('|')
  const free = names.find(name => !isTaken.has(fold(name)))
  if (free !== undefined) return free
  const numbered = kind === 'room' ? m.items_room_numbered : m.items_webinar_numbered
  let number = names.length + 1
  while (isTaken.has(fold(numbered({ number })))) number++
  return numbered({ number })
}

const fold = (name: string): string => name.trim().toLowerCase()

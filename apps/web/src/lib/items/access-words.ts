import type { Access } from '@foyer/doc'

/** Who can join, in the person's words. */
export const ACCESS_WORDS: Record<Access, { label: string; hint: string }> = {
  open: { label: 'Anyone with the link', hint: 'Whoever has the link comes straight in.' },
  ask: { label: 'Ask to join', hint: 'Guests wait until a host lets each of them in.' },
  team: { label: 'Team only', hint: 'Only members of this workspace can join.' }
}

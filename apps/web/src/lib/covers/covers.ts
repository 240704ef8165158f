import type { Cover } from '@foyer/doc'

/** The covers that come with the app, in the order of the picker; `covers.css` draws them. */
export const PRESETS = [
  'dawn',
  'dusk',
  'forest',
  'ocean',
  'desert',
  'meadow',
  'aurora',
  'midnight',
  'glacier',
  'blossom',
  'ember',
  'studio'
] as const
export type Preset = (typeof PRESETS)[number]

const isKnown = (id: string): id is Preset => (PRESETS as readonly string[]).includes(id)

/** The built-in cover to draw: a later app may have written one that this one does not know. Null for a picture. */
export const presetOf = (cover: Cover): Preset | null =>
  'image' in cover ? null : isKnown(cover.preset) ? cover.preset : 'dawn'

/** What stands for a picture until it is there: one calm colour, always the same. @param sha256 in hex */
export const colourOf = (sha256: string): string =>
  `oklch(0.78 0.06 ${String(Number.parseInt(sha256.slice(0, 4), 16) % 360)})`

/** A cover for a new item: the one that the fewest show, so that tiles can be told apart at a glance. */
export const suggestCover = (shown: Cover[]): Cover => {
  const count = (preset: Preset) => shown.filter(cover => presetOf(cover) === preset).length
  const [fewest = 'dawn'] = PRESETS.map(preset => ({ preset, count: count(preset) }))
    .sort((a, b) => a.count - b.count)
    .map(({ preset }) => preset)
  return { preset: fewest }
}

import type { Cover } from '@foyer/doc'

/** The built-in covers in the picker's order, drawn by `covers.css`. */
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

/** The built-in cover to draw, with a fallback for those of newer versions. Null for a picture. */
export const presetOf = (cover: Cover): Preset | null =>
  'image' in cover ? null : isKnown(cover.preset) ? cover.preset : 'dawn'

/** The placeholder colour of a picture, derived from its hash. @param sha256 in hex */
export const colourOf = (sha256: string): string =>
  `oklch(0.78 0.06 ${String(Number.parseInt(sha256.slice(0, 4), 16) % 360)})`

/** The least used cover, so that tiles look different. */
export const suggestCover = (shown: Cover[]): Cover => {
  const count = (preset: Preset) => shown.filter(cover => presetOf(cover) === preset).length
  const [fewest = 'dawn'] = PRESETS.map(preset => ({ preset, count: count(preset) }))
    .sort((a, b) => a.count - b.count)
    .map(({ preset }) => preset)
  return { preset: fewest }
}

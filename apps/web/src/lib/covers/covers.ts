import type { Cover } from '@foyer/doc'

/** The covers that come with the app, in the order of the picker; `covers.css` draws them. */
export const COVERS = [
  { id: 'dawn', name: 'Dawn' },
  { id: 'dusk', name: 'Dusk' },
  { id: 'forest', name: 'Forest' },
  { id: 'ocean', name: 'Ocean' },
  { id: 'desert', name: 'Desert' },
  { id: 'meadow', name: 'Meadow' },
  { id: 'aurora', name: 'Aurora' },
  { id: 'midnight', name: 'Midnight' },
  { id: 'glacier', name: 'Glacier' },
  { id: 'blossom', name: 'Blossom' },
  { id: 'ember', name: 'Ember' },
  { id: 'studio', name: 'Studio' }
] as const

const KNOWN: ReadonlySet<string> = new Set(COVERS.map(({ id }) => id))

/** The built-in cover to draw: a later app may have written one that this one does not know. */
export const presetOf = (cover: Cover): string =>
  'preset' in cover && KNOWN.has(cover.preset) ? cover.preset : 'dawn'

/** A cover for a new item: the one that the fewest show, so that tiles can be told apart at a glance. */
export const proposeCover = (shown: Cover[]): Cover => {
  const count = (id: string) => shown.filter(cover => presetOf(cover) === id).length
  const [fewest] = COVERS.map(({ id }) => ({ id, count: count(id) })).sort((a, b) => a.count - b.count)
  return { preset: fewest?.id ?? 'dawn' }
}

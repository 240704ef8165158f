import { m } from '#lib/paraglide/messages.js'
import type { Preset } from './covers.ts'

/** Names of the built-in covers. */
export const COVER_NAMES: Record<Preset, () => string> = {
  dawn: m.customize_cover_dawn,
  dusk: m.customize_cover_dusk,
  forest: m.customize_cover_forest,
  ocean: m.customize_cover_ocean,
  desert: m.customize_cover_desert,
  meadow: m.customize_cover_meadow,
  aurora: m.customize_cover_aurora,
  midnight: m.customize_cover_midnight,
  glacier: m.customize_cover_glacier,
  blossom: m.customize_cover_blossom,
  ember: m.customize_cover_ember,
  studio: m.customize_cover_studio
}

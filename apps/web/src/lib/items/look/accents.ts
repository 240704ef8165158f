import { m } from '#lib/paraglide/messages.js'
import { DEFAULT_ACCENT } from './merge-look.ts'

/** Accent presets, readable as text on a light page and as a background of text. */
export const ACCENTS = [
  { colour: DEFAULT_ACCENT, name: m.customize_accent_green },
  { colour: '#1d5fbf', name: m.customize_accent_blue },
  { colour: '#6b3fc4', name: m.customize_accent_violet },
  { colour: '#b0266a', name: m.customize_accent_rose },
  { colour: '#b3421b', name: m.customize_accent_orange },
  { colour: '#7a5c00', name: m.customize_accent_gold },
  { colour: '#3c4a57', name: m.customize_accent_slate }
] as const

import { m } from '#lib/paraglide/messages.js'
import type { Theme } from './theme.ts'

const WORDS = {
  system: m.shell_theme_system,
  light: m.shell_theme_light,
  dark: m.shell_theme_dark
}

export const themeLabel = (theme: Theme): string => WORDS[theme]()

import { readLocal, writeLocal } from '#lib/device/local-storage.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** Also read by app.html, before the first paint. */
const THEME_KEY = 'foyer-theme'

/** The canvas colours of src/app.css, for the browser's toolbars. */
const BAR_COLORS = { light: '#f8f7f4', dark: '#131413' }

/** The theme chosen on this device; "system" by default or if storage is forbidden. */
export const readTheme = (): Theme =>
  readLocal<Theme | undefined>(THEME_KEY, text => THEMES.find(theme => theme === text), undefined) ?? 'system'

/** Applies a theme and stores it on this device. */
export const chooseTheme = (theme: Theme): void => {
  writeLocal(THEME_KEY, theme === 'system' ? null : theme, 'the appearance could not be kept')
  showTheme(theme)
  // Notifies this tab in the same way as the others.
  dispatchEvent(new StorageEvent('storage', { key: THEME_KEY }))
}

/** Applies a theme: app.css derives the colour scheme from the attribute. */
export const showTheme = (theme: Theme): void => {
  const { dataset } = document.documentElement
  if (theme === 'system') delete dataset['theme']
  else dataset['theme'] = theme
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
    const own = meta.media.includes('dark') ? 'dark' : 'light'
    meta.content = BAR_COLORS[theme === 'system' ? own : theme]
  }
}

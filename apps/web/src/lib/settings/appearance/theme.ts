import { readLocal, writeLocal } from '#lib/device/local-storage.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** app.html reads the same key before the first paint. */
const THEME_KEY = 'foyer-theme'

/** The canvas of src/app.css, for the browser's own bars. */
const BAR_COLORS = { light: '#f8f7f4', dark: '#131413' }

/** What was chosen on this device; "system" where nothing was, or storage is forbidden. */
export const readTheme = (): Theme =>
  readLocal<Theme | undefined>(THEME_KEY, text => THEMES.find(theme => theme === text), undefined) ?? 'system'

/** Shows an appearance and keeps it on this device. */
export const chooseTheme = (theme: Theme): void => {
  writeLocal(THEME_KEY, theme === 'system' ? null : theme, 'the appearance could not be kept')
  showTheme(theme)
  // This tab's pages hear of it as those of other tabs do.
  dispatchEvent(new StorageEvent('storage', { key: THEME_KEY }))
}

/** Shows an appearance: all colours are light-dark() and follow the page's scheme, which app.css takes from here. */
export const showTheme = (theme: Theme): void => {
  const { dataset } = document.documentElement
  if (theme === 'system') delete dataset['theme']
  else dataset['theme'] = theme
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
    const own = meta.media.includes('dark') ? 'dark' : 'light'
    meta.content = BAR_COLORS[theme === 'system' ? own : theme]
  }
}

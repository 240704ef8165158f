import {
  baseLocale,
  getTextDirection,
  isLocale,
  overwriteGetLocale,
  type Locale
} from '#lib/paraglide/runtime.js'

export type Language = Locale

const KEY = 'foyer-language'

/** The language that the person chose, or null: the browser's own. */
export const readChosenLanguage = (): Language | null => {
  const chosen = read()
  return isLocale(chosen) ? chosen : null
}

/** Keeps the choice (null: the browser's own); it shows after the page was loaded anew. */
export const writeChosenLanguage = (language: Language | null): void => {
  try {
    if (language === null) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, language)
  } catch (error) {
    console.warn('the language could not be kept', error)
  }
}

/** The first of the browser's languages that the app speaks. */
export const browserLanguage = (tags: readonly string[]): Language =>
  tags.map(tag => tag.split('-')[0]).find(isLocale) ?? baseLocale

/** Sets the page's language and direction, once, before anything is drawn. */
export const applyLanguage = (): void => {
  const language = readChosenLanguage() ?? browserLanguage(navigator.languages)
  overwriteGetLocale(() => language)
  document.documentElement.lang = language
  document.documentElement.dir = getTextDirection(language)
}

const read = (): string | null => {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null // storage is forbidden: the browser's own language
  }
}

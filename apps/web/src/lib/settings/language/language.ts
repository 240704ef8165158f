import { readLocal, writeLocal } from '#lib/device/local-storage.ts'
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
  const chosen = readLocal<string | null>(KEY, text => text, null)
  return isLocale(chosen) ? chosen : null
}

/** Keeps the choice (null: the browser's own); it shows after the page was loaded anew. */
export const writeChosenLanguage = (language: Language | null): void => {
  writeLocal(KEY, language, 'the language could not be kept')
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

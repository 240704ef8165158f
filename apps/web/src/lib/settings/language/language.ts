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

/** The chosen language; null follows the browser. */
export const readChosenLanguage = (): Language | null => {
  const chosen = readLocal<string | null>(KEY, text => text, null)
  return isLocale(chosen) ? chosen : null
}

/** Stores the choice, which takes effect after a reload. Null follows the browser. */
export const writeChosenLanguage = (language: Language | null): void => {
  writeLocal(KEY, language, 'the language could not be kept')
}

/** The first of the browser's languages that the app supports. */
export const browserLanguage = (tags: readonly string[]): Language =>
  tags.map(tag => tag.split('-')[0]).find(isLocale) ?? baseLocale

/** Sets the page's language and direction, once, before the first render. */
export const applyLanguage = (): void => {
  const language = readChosenLanguage() ?? browserLanguage(navigator.languages)
  overwriteGetLocale(() => language)
  document.documentElement.lang = language
  document.documentElement.dir = getTextDirection(language)
}

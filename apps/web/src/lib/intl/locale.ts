import { getLocale } from '#lib/paraglide/runtime.js'

/** The browser's regional variant of the app's language, for numbers and times. */
export const locale = (): string => {
  const language = getLocale()
  return navigator.languages.find(tag => tag.split('-')[0] === language) ?? DEFAULT_TAGS[language]
}

const DEFAULT_TAGS = { en: 'en-GB', de: 'de-DE', ar: 'ar-EG' } as const

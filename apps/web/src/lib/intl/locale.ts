import { getLocale } from '#lib/paraglide/runtime.js'

/** Numbers and clocks follow the person's own kind of the app's language where the browser names one. */
export const locale = (): string => {
  const language = getLocale()
  return navigator.languages.find(tag => tag.split('-')[0] === language) ?? DEFAULT_TAGS[language]
}

const DEFAULT_TAGS = { en: 'en-GB', de: 'de-DE', ar: 'ar-EG' } as const

import { locale } from './locale.ts'

/**
 * Caches an Intl formatter per language: creating one costs a hundred times as much as using it.
 * Creates a new one when the device's time zone changes.
 */
export const perLocale = <F>(make: (language: string) => F): ((language?: string) => F) => {
  const made = new Map<string, F>()
  return (language = locale()) => {
    const key = `${language} ${String(new Date().getTimezoneOffset())}`
    const formatter = made.get(key) ?? make(language)
    made.set(key, formatter)
    return formatter
  }
}

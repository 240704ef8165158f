import { locale } from './locale.ts'

/**
 * An Intl formatter for each language, made once: making one costs a hundred times what using it does. A new
 * one where the device has come to another zone meanwhile, which a formatter never learns of.
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

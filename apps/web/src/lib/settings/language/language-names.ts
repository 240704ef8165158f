import { m } from '#lib/paraglide/messages.js'
import { locales } from '#lib/paraglide/runtime.js'
import type { Language } from './language.ts'

/** "browser" follows the browser's language. */
export type LanguageChoice = Language | 'browser'

export const LANGUAGE_CHOICES = ['browser', ...locales] as const satisfies LanguageChoice[]

/** Each language in its own name. */
const OWN_NAMES: Record<Language, string> = { en: 'English', de: 'Deutsch', ar: 'العربية' }

export const languageName = (choice: LanguageChoice): string =>
  choice === 'browser' ? m.shell_language_browser() : OWN_NAMES[choice]

import { locale } from './locale.ts'

/** "name, cover, links" */
export const formatList = (parts: readonly string[]): string =>
  new Intl.ListFormat(locale(), { type: 'unit', style: 'short' }).format(parts)

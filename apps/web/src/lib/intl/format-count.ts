import { perLocale } from './per-locale.ts'

const format = perLocale(language => new Intl.NumberFormat(language))

/** "10,000" */
export const formatCount = (count: number): string => format().format(count)

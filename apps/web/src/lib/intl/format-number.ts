import { formatCount } from './format-count.ts'
import { locale } from './locale.ts'

/** Parameters of a text with plural forms: `count` selects the form, `number` is shown. */
export const counted = (count: number) => ({ count, number: formatCount(count) })

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** "12 kB", "3.4 MB" */
export const formatBytes = (bytes: number): string => {
  const step = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: BYTE_UNITS[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: step > 1 ? 1 : 0
  }).format(bytes / 1000 ** step)
}

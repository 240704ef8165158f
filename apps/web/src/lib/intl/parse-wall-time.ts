import { westernDigits } from './digits.ts'
import { locale } from './locale.ts'

/**
 * Parses a typed or pasted date and time, in digits of any script.
 * Accepts ISO order ("2031-07-01 10:00") or the order of the locale.
 * @returns "2031-07-01T10:00", or undefined
 */
export const parseWallTime = (text: string): string | undefined => {
  const digits = westernDigits(text).match(/\d+/g) ?? []
  const [a = '', b = '', c = '', hour = '', minute = '', ...rest] =
    digits.length === 1 ? taken(digits.join('')) : digits
  const isYearFirst = a.length === 4
  const [year, month, day] = isYearFirst ? [a, b, c] : inOrder([a, b, c])
  // Zero seconds may follow.
  if (year?.length !== 4 || minute === '' || rest.some(part => Number(part) !== 0)) return undefined
  const hours = isAfternoon(text)
    ? (Number(hour) % 12) + 12
    : isMorning(text)
      ? Number(hour) % 12
      : Number(hour)
  const parts = [month ?? '', day ?? '', String(hours), minute]
  if (parts.some(part => part === '' || part.length > 2)) return undefined
  const [mm, dd, hh, min] = parts.map(part => part.padStart(2, '0'))
  return `${year}-${mm}-${dd}T${hh}:${min}`
}

const isAfternoon = (text: string): boolean => /(?<!\p{L})(?:p\.?m|م)(?!\p{L})/iu.test(text)
const isMorning = (text: string): boolean => /(?<!\p{L})(?:a\.?m|ص)(?!\p{L})/iu.test(text)

/** Digits without separators: eight for the date, four for the time. */
const taken = (digits: string): string[] => {
  if (digits.length !== 12) return []
  const lengths = order().map(part => (part === 'year' ? 4 : 2))
  let at = 0
  return [...lengths, 2, 2].map(length => digits.slice(at, (at += length)))
}

const order = (): string[] =>
  new Intl.DateTimeFormat(locale(), { year: 'numeric', month: '2-digit', day: '2-digit' })
    .formatToParts(0)
    .map(({ type }) => type as string)
    .filter(type => type === 'year' || type === 'month' || type === 'day')

const inOrder = (parts: string[]): (string | undefined)[] => {
  const at = order()
  return ['year', 'month', 'day'].map(part => parts[at.indexOf(part)])
}

import { locale } from './locale.ts'

/** "45 seconds", "2 minutes", rounded up. */
export const formatWait = (seconds: number): string => {
  const unit = seconds < 60 ? 'second' : 'minute'
  const count = Math.max(1, Math.ceil(unit === 'second' ? seconds : seconds / 60))
  return new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'long' }).format(count)
}

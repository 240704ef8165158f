import { dayName } from '#lib/intl/format-time.ts'

/** Groups entries sorted by time under the names of their days. Times in ms since 1970. */
export const groupByDay = <T extends { at: number }>(
  entries: T[],
  now: number
): { day: string; entries: T[] }[] => {
  const groups: { day: string; entries: T[] }[] = []
  for (const entry of entries) {
    const day = dayName(entry.at, now)
    const last = groups.at(-1)
    if (last?.day === day) last.entries.push(entry)
    else groups.push({ day, entries: [entry] })
  }
  return groups
}

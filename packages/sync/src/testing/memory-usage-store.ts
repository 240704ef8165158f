import type { UsageRecord, UsageStore } from '../usage-lane.ts'

/** Keeps a usage record in memory, as a device does on disk. */
export const memoryUsageStore = (record: UsageRecord = { known: {}, pending: {} }) => {
  const saved: UsageRecord[] = []
  const store: UsageStore & { saved: UsageRecord[] } = {
    saved,
    load: () => Promise.resolve(record),
    save: next => {
      saved.push(next)
      return Promise.resolve()
    }
  }
  return store
}

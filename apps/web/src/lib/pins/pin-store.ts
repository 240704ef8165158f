import { readLocal, writeLocal } from '#lib/device/local-storage.ts'
import type { PinRecord } from './pin-record.ts'

/** localStorage is synchronous, so pinned tiles are in place in the first paint. */
export const pinsKey = (workspaceId: string) => `foyer-pins-${workspaceId}`

export const readPins = (workspaceId: string): PinRecord =>
  readLocal(pinsKey(workspaceId), text => JSON.parse(text) as PinRecord, {})

/** @returns whether they were stored */
export const writePins = (workspaceId: string, record: PinRecord): boolean =>
  writeLocal(pinsKey(workspaceId), JSON.stringify(record), 'pins could not be kept')

export const forgetPins = (workspaceId: string): void => {
  writeLocal(pinsKey(workspaceId), null, 'pins could not be forgotten')
}

/** Copies pins to another workspace, as unsent. */
export const carryOverPins = (from: string, to: string): void => {
  const carried = Object.entries(readPins(from)).map(([itemId, pin]) => [itemId, { ...pin, unsent: true }])
  if (carried.length > 0) {
    writePins(to, { ...(Object.fromEntries(carried) as PinRecord), ...readPins(to) })
  }
}

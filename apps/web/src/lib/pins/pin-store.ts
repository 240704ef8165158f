import { readLocal, writeLocal } from '#lib/device/local-storage.ts'
import type { PinRecord } from './pin-record.ts'

/** In localStorage, which is read at once: pinned tiles stand where they belong from the first paint on. */
export const pinsKey = (workspaceId: string) => `foyer-pins-${workspaceId}`

export const readPins = (workspaceId: string): PinRecord =>
  readLocal(pinsKey(workspaceId), text => JSON.parse(text) as PinRecord, {})

/** @returns whether they were kept */
export const writePins = (workspaceId: string, record: PinRecord): boolean =>
  writeLocal(pinsKey(workspaceId), JSON.stringify(record), 'pins could not be kept')

export const forgetPins = (workspaceId: string): void => {
  writeLocal(pinsKey(workspaceId), null, 'pins could not be forgotten')
}

/** For items that go into another workspace: there the server has yet to be told of all their pins. */
export const carryOverPins = (from: string, to: string): void => {
  const carried = Object.entries(readPins(from)).map(([itemId, pin]) => [itemId, { ...pin, unsent: true }])
  if (carried.length > 0) {
    writePins(to, { ...(Object.fromEntries(carried) as PinRecord), ...readPins(to) })
  }
}

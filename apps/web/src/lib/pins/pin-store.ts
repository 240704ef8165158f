import type { PinRecord } from './pin-record.ts'

/** In localStorage, which is read at once: pinned tiles stand where they belong from the first paint on. */
export const pinsKey = (workspaceId: string) => `foyer-pins-${workspaceId}`

export const readPins = (workspaceId: string): PinRecord => {
  try {
    return JSON.parse(localStorage.getItem(pinsKey(workspaceId)) ?? '{}') as PinRecord
  } catch {
    return {} // storage is forbidden, or holds what is not ours
  }
}

/** @returns whether they were kept */
export const writePins = (workspaceId: string, record: PinRecord): boolean => {
  try {
    localStorage.setItem(pinsKey(workspaceId), JSON.stringify(record))
    return true
  } catch (error) {
    console.warn('pins could not be kept', error)
    return false
  }
}

export const forgetPins = (workspaceId: string): void => {
  try {
    localStorage.removeItem(pinsKey(workspaceId))
  } catch (error) {
    console.warn('pins could not be forgotten', error)
  }
}

/** For items that go into another workspace: there the server has yet to be told of all their pins. */
export const carryOverPins = (from: string, to: string): void => {
  const carried = Object.entries(readPins(from)).map(([itemId, pin]) => [itemId, { ...pin, unsent: true }])
  if (carried.length > 0) {
    writePins(to, { ...(Object.fromEntries(carried) as PinRecord), ...readPins(to) })
  }
}

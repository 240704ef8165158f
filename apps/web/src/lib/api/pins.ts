import { send } from './send.ts'

/** Whether a person has pinned an item, and when they last said so (ms since 1970). */
export interface Pin {
  itemId: string
  pinned: boolean
  at: number
}

/** The most that the server takes at once. */
export const PINS_A_REQUEST = 500

const path = (workspaceId: string) => `/api/workspaces/${workspaceId}/pins`

/** The signed-in person's pins in a workspace. @throws {UnreachableError | ApiError} */
export const fetchPins = async (workspaceId: string): Promise<Pin[]> =>
  toPins(await (await send(path(workspaceId))).json())

/** Hands pins to the server, which keeps the later of two. @returns all that it has then */
export const putPins = async (workspaceId: string, pins: Pin[]): Promise<Pin[]> => {
  const headers = { 'content-type': 'application/json' }
  const response = await send(path(workspaceId), { method: 'PUT', headers, body: JSON.stringify({ pins }) })
  return toPins(await response.json())
}

const toPins = (answer: unknown): Pin[] => (answer as { pins: Pin[] }).pins

import type { InferResponseType } from 'hono/client'
import { api } from './api.ts'

const { pins } = api.workspaces[':id']

/** Whether a person pinned an item, and when that last changed (ms since 1970). */
export type Pin = InferResponseType<typeof pins.$get, 200>['pins'][number]

/** The server's limit. */
export const PINS_PER_REQUEST = 500

/** The signed-in person's pins in a workspace. @throws {UnreachableError | ApiError} */
export const fetchPins = async (id: string): Promise<Pin[]> =>
  (await (await pins.$get({ param: { id } })).json()).pins

/** Sends pins to the server, which keeps the later change of each. @returns all pins it has now */
export const putPins = async (id: string, changed: Pin[]): Promise<Pin[]> =>
  (await (await pins.$put({ param: { id }, json: { pins: changed } })).json()).pins

import type { InferResponseType } from 'hono/client'
import { api } from './api.ts'

const { pins } = api.workspaces[':id']

/** Whether a person has pinned an item, and when they last said so (ms since 1970). */
export type Pin = InferResponseType<typeof pins.$get, 200>['pins'][number]

/** The most that the server takes at once. */
export const PINS_PER_REQUEST = 500

/** The signed-in person's pins in a workspace. @throws {UnreachableError | ApiError} */
export const fetchPins = async (id: string): Promise<Pin[]> =>
  (await (await pins.$get({ param: { id } })).json()).pins

/** Hands pins to the server, which keeps the later of two. @returns all that it has then */
export const putPins = async (id: string, changed: Pin[]): Promise<Pin[]> =>
  (await (await pins.$put({ param: { id }, json: { pins: changed } })).json()).pins

import type { AppType } from '@foyer/edge'
import { hc, type InferResponseType } from 'hono/client'
import { send } from './send.ts'

/** Typed client of the server's routes. */
export const { api } = hc<AppType>('/', { fetch: send })

type Workspaces = InferResponseType<typeof api.workspaces.$get, 200>
export type WorkspaceOnServer = Workspaces['workspaces'][number]

/** What a participant link reveals about its item. */
export type PublicLink = InferResponseType<(typeof api.links)[':slug']['$get'], 200>['link']

/** The workspaces that the signed-in person is a member of. */
export const listWorkspaces = async (): Promise<WorkspaceOnServer[]> =>
  (await (await api.workspaces.$get()).json()).workspaces

/** Hands a workspace made on this device over to the signed-in account. Idempotent. */
export const adoptWorkspace = async (json: {
  id: string
  name: string
  linkKey: string
}): Promise<WorkspaceOnServer> => (await (await api.workspaces.$post({ json })).json()).workspace

/** @throws {ApiError} `not-published` while the server does not know the link */
export const readLink = async (slug: string): Promise<PublicLink> =>
  (await (await api.links[':slug'].$get({ param: { slug } })).json()).link

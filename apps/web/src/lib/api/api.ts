import type { AppType } from '@foyer/edge'
import { hc, type InferResponseType } from 'hono/client'
import { send } from './send.ts'

/** The server's routes, by their types. */
export const { api } = hc<AppType>('/', { fetch: send })

type Workspaces = InferResponseType<typeof api.workspaces.$get, 200>
export type WorkspaceOnServer = Workspaces['workspaces'][number]

/** What anyone who has a participant link may know. */
export type PublicLink = InferResponseType<(typeof api.links)[':slug']['$get'], 200>['link']

/** The workspaces that the signed-in person is a member of. */
export const listWorkspaces = async (): Promise<WorkspaceOnServer[]> =>
  (await (await api.workspaces.$get()).json()).workspaces

/** Hands a workspace that was made on this device over to the signed-in account; may be repeated. */
export const adoptWorkspace = async (json: {
  id: string
  name: string
  linkKey: string
}): Promise<WorkspaceOnServer> => (await (await api.workspaces.$post({ json })).json()).workspace

/** @throws {ApiError} with code `not-published` while the server does not know the link */
export const readLink = async (slug: string): Promise<PublicLink> =>
  (await (await api.links[':slug'].$get({ param: { slug } })).json()).link

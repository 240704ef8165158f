import { createAuth, type Auth, type AccessEvents } from './auth.ts'
import { createDatabase, type Database } from './database.ts'
import type { PictureStore } from './pictures/picture-store.ts'
import type { PeerIdentity } from './workspace/connection/peer.ts'
import type { Settings } from './settings.ts'

/** Opens a WebSocket to a workspace's object for a verified member. */
export type ConnectToWorkspace = (identity: PeerIdentity) => Promise<Response>

/**
 * What the routes work with. Names no type of the Workers runtime: the web app reads the routes'
 * types.
 */
export interface Services {
  settings: Settings
  database: Database
  /** Created on first use: opening a socket does not need it. */
  auth: () => Auth
  pictures: PictureStore
  connect: ConnectToWorkspace
  /** Serves the app's page. */
  openPage: (request: Request) => Promise<Response>
  /** Accepts a WebSocket and closes it at once, with a code that the client can read. */
  refuseSocket: (code: number, reason: string) => Response
}

export const createServices = (
  settings: Settings,
  {
    accessEvents,
    ...platform
  }: Pick<Services, 'pictures' | 'connect' | 'openPage' | 'refuseSocket'> & { accessEvents: AccessEvents }
): Services => {
  const database = createDatabase(settings)
  let auth: Auth | undefined
  return {
    settings,
    database,
    auth: () => (auth ??= createAuth(database, settings, accessEvents)),
    ...platform
  }
}

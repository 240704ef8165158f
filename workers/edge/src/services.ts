import { createAuth, type Auth, type AccessEvents } from './auth.ts'
import { createDatabase, type Database } from './database.ts'
import type { PictureStore } from './pictures/picture-store.ts'
import type { PeerIdentity } from './workspace/connection/peer.ts'
import type { Settings } from './settings.ts'

/** Opens a WebSocket to a workspace's object for somebody whose membership has been checked. */
export type ConnectToWorkspace = (identity: PeerIdentity) => Promise<Response>

/** What the routes work with. Names no type of the Workers runtime: the web app reads the routes' types. */
export interface Services {
  settings: Settings
  database: Database
  /** Made when it is first asked for: those who open a socket do without. */
  auth: () => Auth
  pictures: PictureStore
  connect: ConnectToWorkspace
  /** The app's one page, for whoever opens any of its addresses. */
  openPage: (request: Request) => Promise<Response>
  /** Accepts a WebSocket and ends it at once with a code that its client can read. */
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

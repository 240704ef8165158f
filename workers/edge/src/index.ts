import { createApp } from './app.ts'
import { UNAVAILABLE } from './http/api-error.ts'
import { createR2PictureStore } from './pictures/r2-picture-store.ts'
import { logFailure } from './log.ts'
import { identityHeaders } from './workspace/connection/identity-headers.ts'
import { createServices } from './services.ts'
import { parseSettings } from './settings.ts'

export { WorkspaceObject } from './workspace/workspace-object.ts'

/**
 * One app for each request, which takes less than a millisecond: the database client and
 * better-auth hold promises, and workerd does not let a request await another's.
 */
const createAppFor = (env: Env) =>
  createApp(
    createServices(parseSettings(env), {
      pictures: createR2PictureStore(env.PICTURES),
      connect: identity =>
        env.WORKSPACE_OBJECT.getByName(identity.workspaceId).fetch('https://workspace/', {
          headers: { upgrade: 'websocket', ...identityHeaders(identity) }
        }),
      openPage: ({ url, method }) => env.ASSETS.fetch(new URL('/', url), { method }),
      accessEvents: {
        onMembershipChange: (workspaceId, userId, role) =>
          notifyObject(
            'a change of membership',
            env.WORKSPACE_OBJECT.getByName(workspaceId).membershipChanged(userId, role)
          ),
        onSessionEnd: (workspaceId, sessionId) =>
          notifyObject(
            'the end of a session',
            env.WORKSPACE_OBJECT.getByName(workspaceId).sessionEnded(sessionId)
          )
      },
      refuseSocket: (code, reason) => {
        const { 0: client, 1: server } = new WebSocketPair()
        server.accept()
        server.close(code, reason)
        return new Response(null, { status: 101, webSocket: client })
      }
    })
  )

/** The change itself is committed; an object that is out of reach polls for it. */
const notifyObject = async (what: string, call: Promise<void>): Promise<void> => {
  await call.catch((error: unknown) => {
    logFailure(`a workspace could not be notified of ${what}`, error)
  })
}

export default {
  async fetch(request, env) {
    try {
      return await createAppFor(env).fetch(request)
    } catch (error) {
      // For example bad settings. workerd would log a thrown error with everything in it.
      logFailure('a request was not answered', error)
      return Response.json(UNAVAILABLE, { status: 503, headers: { 'cache-control': 'no-store' } })
    }
  }
} satisfies ExportedHandler<Env>

import { createApp } from './app.ts'
import { UNAVAILABLE } from './http/api-error.ts'
import { createR2PictureStore } from './pictures/r2-picture-store.ts'
import { logFailure } from './log.ts'
import { identityHeaders } from './workspace/connection/identity-headers.ts'
import { createServices } from './services.ts'
import { parseSettings } from './settings.ts'

export { WorkspaceObject } from './workspace/workspace-object.ts'

/**
 * The app is made anew for each request, which takes less than a millisecond: the database client and
 * better-auth keep promises, and workerd lets no request wait for a promise of another.
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
      news: {
        onMembershipChange: (workspaceId, userId, role) =>
          tell(
            'a change of membership',
            env.WORKSPACE_OBJECT.getByName(workspaceId).membershipChanged(userId, role)
          ),
        onSessionEnd: (workspaceId, sessionId) =>
          tell('the end of a session', env.WORKSPACE_OBJECT.getByName(workspaceId).sessionEnded(sessionId))
      },
      refuseSocket: (code, reason) => {
        const { 0: client, 1: server } = new WebSocketPair()
        server.accept()
        server.close(code, reason)
        return new Response(null, { status: 101, webSocket: client })
      }
    })
  )

/** An object that can't be reached now finds out by itself soon; the change itself is made. */
const tell = async (what: string, told: Promise<void>): Promise<void> => {
  await told.catch((error: unknown) => {
    logFailure(`a workspace could not be told of ${what}`, error)
  })
}

export default {
  async fetch(request, env) {
    try {
      return await createAppFor(env).fetch(request)
    } catch (error) {
      // Bad settings, say. What is thrown from here is logged as it is, and with all that it holds.
      logFailure('a request was not answered', error)
      return Response.json(UNAVAILABLE, { status: 503, headers: { 'cache-control': 'no-store' } })
    }
  }
} satisfies ExportedHandler<Env>

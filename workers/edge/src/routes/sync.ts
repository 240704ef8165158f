import { LIMITS } from '@foyer/doc/policy'
import { CLOSE, PROTOCOL_VERSION } from '@foyer/sync/protocol'
import { Hono } from 'hono/quick'
import { ApiError } from '../http/api-error.ts'
import { logFailure } from '../log.ts'
import type { Services } from '../services.ts'
import { findVisitor } from '../visitor.ts'

/**
 * Opens a workspace's WebSocket. A refusal is a close code, as a page cannot read the HTTP status
 * of a WebSocket.
 */
export const syncRoutes = ({ database, settings, connect, refuseSocket }: Services) =>
  new Hono().get('/:workspaceId', async c => {
    if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') {
      throw new ApiError(426, 'websocket-only', 'This address speaks WebSocket.')
    }
    const workspaceId = c.req.param('workspaceId')
    const protocol = c.req.query('protocol')
    if (protocol !== undefined && protocol !== String(PROTOCOL_VERSION)) {
      const isOlder = !(Number(protocol) > PROTOCOL_VERSION)
      return isOlder
        ? refuseSocket(CLOSE.appTooOld, 'reload to update')
        : refuseSocket(CLOSE.tryLater, 'this server is about to be updated')
    }
    let identity
    try {
      const visitor = await findVisitor(c, database, settings, workspaceId)
      if (visitor === null) return refuseSocket(CLOSE.signedOut, 'sign in first')
      const { userId, userName, role, sessionId, sessionEndsAt } = visitor
      if (role === null) return refuseSocket(CLOSE.notAMember, 'not a member of this workspace')
      identity = {
        workspaceId,
        userId,
        userName: userName.slice(0, LIMITS.nameCharacters),
        role,
        sessionId,
        sessionEndsAt,
        extended: protocol !== undefined,
        generation: generationOf(c.req.query('generation'))
      }
    } catch (error) {
      logFailure('a connection could not be checked', error)
      return refuseSocket(CLOSE.tryLater, 'the database cannot be reached')
    }
    return connect(identity)
  })

/** Anything but an integer counts as an empty replica. */
const generationOf = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null

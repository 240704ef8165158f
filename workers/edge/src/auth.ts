import * as schema from '@foyer/db'
import { typedName } from '@foyer/doc'
import { PASSWORD_CHARACTERS } from '@foyer/doc/policy'
import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { APIError, createAuthMiddleware, getSessionFromCtx } from 'better-auth/api'
import { organization } from 'better-auth/plugins/organization'
import { createAccessControl } from 'better-auth/plugins/access'
import { adminAc, defaultStatements, memberAc, ownerAc } from 'better-auth/plugins/organization/access'
import { can, isRole, parseRole, type Role } from '@foyer/access'
import * as v from 'valibot'
import type { Database } from './database.ts'
import { logFailure } from './log.ts'
import { findMembership, listWorkspaceIds } from './membership.ts'
import type { Settings } from './settings.ts'

/** The signed-in user of a request. */
export interface Session {
  userId: string
}

/** Tells a workspace's object, so that open sockets end with their session or membership. */
export interface AccessEvents {
  /** A role has changed; null for a removed member. */
  onMembershipChange: (workspaceId: string, userId: string, role: Role | null) => Promise<void>
  /** A session of a member has ended. */
  onSessionEnd: (workspaceId: string, sessionId: string) => Promise<void>
}

/** The open endpoints of better-auth. All others, also those of a new version, answer 404. */
const OPEN_PATHS: ReadonlySet<string> = new Set([
  '/sign-up/email',
  '/sign-in/email',
  '/sign-out',
  '/get-session',
  '/list-sessions',
  '/revoke-session',
  '/revoke-sessions',
  '/revoke-other-sessions',
  '/change-password',
  '/update-user',
  '/organization/invite-member',
  '/organization/accept-invitation',
  '/organization/update-member-role',
  '/organization/remove-member',
  '/organization/leave'
])

const roles = {
  owner: ownerAc,
  admin: adminAc,
  member: memberAc,
  // Reads, and joins as a participant.
  viewer: createAccessControl(defaultStatements).newRole({})
}

/** The parts of an organization request that decide on permissions. */
const organizationRequest = v.object({
  organizationId: v.string(),
  role: v.optional(v.custom<Role>(isRole, 'one of owner, admin, member and viewer'))
})

/** The answer to leaving a workspace: the former membership. */
const leaver = v.object({ organizationId: v.string(), userId: v.string() })

/**
 * The accounts of this server: email and password, sessions in cookies, organizations as
 * workspaces.
 */
export const createAuth = (
  database: Database,
  { appOrigin, authSecret }: Settings,
  { onMembershipChange, onSessionEnd }: AccessEvents
) =>
  betterAuth({
    appName: 'Foyer',
    baseURL: appOrigin,
    basePath: '/api/auth',
    secret: authSecret,
    database: drizzleAdapter(database.orm, { provider: 'sqlite', usePlural: true, schema }),
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_CHARACTERS.least,
      maxPasswordLength: PASSWORD_CHARACTERS.most
    },
    plugins: [
      organization({
        roles,
        // Workspaces are made on a device and adopted: POST /api/workspaces.
        allowUserToCreateOrganization: false,
        disableOrganizationDeletion: true,
        organizationHooks: {
          beforeCreateOrganization: ({ organization }) =>
            Promise.resolve({ data: withTypedName(organization) }),
          beforeUpdateOrganization: ({ organization }) =>
            Promise.resolve({ data: withTypedName(organization) }),
          afterUpdateMemberRole: ({ member }) =>
            onMembershipChange(member.organizationId, member.userId, parseRole(member.role)),
          afterRemoveMember: ({ member }) => onMembershipChange(member.organizationId, member.userId, null)
        }
      })
    ],
    databaseHooks: {
      user: {
        create: { before: user => Promise.resolve({ data: withTypedName(user) }) },
        update: { before: user => Promise.resolve({ data: withTypedName(user) }) }
      },
      session: {
        delete: {
          // Runs for every ending: sign-out, another device, a new password, a deleted account.
          after: async ({ id, userId }) => {
            const workspaceIds = await listWorkspaceIds(database, userId)
            await Promise.all(workspaceIds.map(workspaceId => onSessionEnd(workspaceId, id)))
          }
        }
      }
    },
    hooks: {
      before: createAuthMiddleware(async ctx => {
        if (!OPEN_PATHS.has(ctx.path)) throw new APIError('NOT_FOUND', { code: 'NOT_FOUND' })
        // Accepting names only the invitation and requires a session with its address.
        if (!ctx.path.startsWith('/organization/') || ctx.path === '/organization/accept-invitation') return
        // better-auth accepts lists of roles and grants their union; here there is exactly one of
        // four.
        const asked = v.safeParse(organizationRequest, ctx.body)
        if (!asked.success)
          throw new APIError('BAD_REQUEST', { code: 'BAD_INPUT', message: asked.issues[0].message })
        const session = await getSessionFromCtx(ctx)
        if (session === null) {
          throw new APIError('UNAUTHORIZED', { code: 'UNAUTHORIZED', message: 'You are not signed in.' })
        }
        if (ctx.path === '/organization/leave') return
        const membership = await findMembership(database, session.user.id, asked.output.organizationId)
        if (membership === undefined || !can(membership.role, 'manage-people')) {
          throw new APIError('FORBIDDEN', {
            code: 'FORBIDDEN',
            message: 'You may not change who is in here.'
          })
        }
      }),
      // The organization plugin has no hook for this one.
      after: createAuthMiddleware(async ({ path, context: { returned } }) => {
        const left = v.safeParse(leaver, returned)
        if (path !== '/organization/leave' || !left.success) return
        await onMembershipChange(left.output.organizationId, left.output.userId, null)
      })
    },
    session: { expiresIn: 60 * 60 * 24 * 30, updateAge: 60 * 60 * 24 },
    rateLimit: {
      enabled: true,
      storage: 'database',
      customRules: {
        '/sign-in/email': { window: 60, max: 30 },
        '/sign-up/email': { window: 60, max: 60 }
      }
    },
    advanced: { ipAddress: { ipAddressHeaders: ['cf-connecting-ip'] } },
    // Unexpected errors are rethrown, to be logged like all others.
    onAPIError: { throw: true },
    // Wrong passwords are not logged, nor are messages and details, which may quote input.
    logger: {
      level: 'error',
      log: (_level, _message, ...details) => {
        logFailure(
          'better-auth',
          details.find(detail => detail instanceof Error)
        )
      }
    },
    telemetry: { enabled: false }
  })

/** The longest valid address (RFC 5321, 4.5.3.1.3). */
const MAX_EMAIL_CHARACTERS = 254

/**
 * Normalizes the name of a user or workspace on every route.
 * @throws {APIError} 400
 */
const withTypedName = <T extends { name?: unknown; email?: unknown }>(changed: T): T => {
  if (typeof changed.email === 'string' && changed.email.length > MAX_EMAIL_CHARACTERS) {
    throw new APIError('BAD_REQUEST', { code: 'INVALID_EMAIL', message: 'This email address is too long.' })
  }
  if (changed.name === undefined) return changed
  const name = v.safeParse(typedName, changed.name)
  if (!name.success)
    throw new APIError('BAD_REQUEST', { code: 'INVALID_NAME', message: name.issues[0].message })
  return { ...changed, name: name.output }
}

export type Auth = ReturnType<typeof createAuth>

/** @param headers of the request, with its cookies */
export const readSession = async (auth: Auth, headers: Headers): Promise<Session | null> => {
  const found = await auth.api.getSession({ headers })
  return found && { userId: found.user.id }
}

import * as schema from '@foyer/db'
import { typedName } from '@foyer/doc'
import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import { organization } from 'better-auth/plugins/organization'
import { createAccessControl } from 'better-auth/plugins/access'
import { adminAc, defaultStatements, memberAc, ownerAc } from 'better-auth/plugins/organization/access'
import * as v from 'valibot'
import type { Database } from './database.ts'
import { logFailure } from './log.ts'
import type { Settings } from './settings.ts'

/** Who a request comes from. */
export interface Session {
  userId: string
  userName: string
}

/** Told when somebody's role has changed, or they are in a workspace no longer (null). */
export type OnMembershipChange = (workspaceId: string, userId: string, role: string | null) => Promise<void>

const roles = {
  owner: ownerAc,
  admin: adminAc,
  member: memberAc,
  // Reads, and joins as a participant.
  viewer: createAccessControl(defaultStatements).newRole({})
}

/** What leaving a workspace answers: the membership that was. */
const leaver = v.object({ organizationId: v.string(), userId: v.string() })

/** The accounts of this server: email and password, sessions in cookies, organizations as workspaces. */
export const createAuth = (
  { orm }: Database,
  { appOrigin, authSecret }: Settings,
  onMembershipChange: OnMembershipChange
) =>
  betterAuth({
    appName: 'Foyer',
    baseURL: appOrigin,
    basePath: '/api/auth',
    secret: authSecret,
    database: drizzleAdapter(orm, { provider: 'sqlite', usePlural: true, schema }),
    emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 128 },
    plugins: [
      organization({
        roles,
        // A workspace comes into being by adopting one that a device made: POST /api/workspaces.
        allowUserToCreateOrganization: false,
        disableOrganizationDeletion: true,
        organizationHooks: {
          beforeCreateOrganization: ({ organization }) =>
            Promise.resolve({ data: withTypedName(organization) }),
          beforeUpdateOrganization: ({ organization }) =>
            Promise.resolve({ data: withTypedName(organization) }),
          afterUpdateMemberRole: ({ member }) =>
            onMembershipChange(member.organizationId, member.userId, member.role),
          afterRemoveMember: ({ member }) => onMembershipChange(member.organizationId, member.userId, null)
        }
      })
    ],
    databaseHooks: {
      user: {
        create: { before: user => Promise.resolve({ data: withTypedName(user) }) },
        update: { before: user => Promise.resolve({ data: withTypedName(user) }) }
      }
    },
    hooks: {
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
    // What is no refusal is thrown on, to be logged like all that fails.
    onAPIError: { throw: true },
    // A wrong password is no event for the server's log; what a message quotes, or comes with it, is not for it.
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

/** The longest address that mail reaches (RFC 5321, 4.5.3.1.3). */
const MOST_EMAIL_CHARACTERS = 254

/**
 * A person or a workspace that is made or changed, with its name as it is to be kept, whatever route it comes by.
 * @throws {APIError} 400
 */
const withTypedName = <T extends { name?: unknown; email?: unknown }>(changed: T): T => {
  if (typeof changed.email === 'string' && changed.email.length > MOST_EMAIL_CHARACTERS) {
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
  return found && { userId: found.user.id, userName: found.user.name }
}

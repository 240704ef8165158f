import * as schema from '@foyer/db'
import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { createAuthMiddleware } from 'better-auth/api'
import { organization } from 'better-auth/plugins/organization'
import { createAccessControl } from 'better-auth/plugins/access'
import { adminAc, defaultStatements, memberAc, ownerAc } from 'better-auth/plugins/organization/access'
import * as v from 'valibot'
import type { Database } from './database.ts'
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
          afterUpdateMemberRole: ({ member }) =>
            onMembershipChange(member.organizationId, member.userId, member.role),
          afterRemoveMember: ({ member }) => onMembershipChange(member.organizationId, member.userId, null)
        }
      })
    ],
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
    // A wrong password is no event for the server's log.
    logger: { level: 'error' },
    telemetry: { enabled: false }
  })

export type Auth = ReturnType<typeof createAuth>

/** @param headers of the request, with its cookies */
export const readSession = async (auth: Auth, headers: Headers): Promise<Session | null> => {
  const found = await auth.api.getSession({ headers })
  return found && { userId: found.user.id, userName: found.user.name }
}

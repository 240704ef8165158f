import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { organization } from 'better-auth/plugins/organization'
import type { Database } from './database.ts'
import type { Settings } from './settings.ts'
import * as schema from '@foyer/db'

/** Who a request comes from. */
export interface Session {
  userId: string
}

/** The accounts of this server: email and password, sessions in cookies, organizations as workspaces. */
export const createAuth = ({ orm }: Database, { appOrigin, authSecret }: Settings) =>
  betterAuth({
    appName: 'Foyer',
    baseURL: appOrigin,
    basePath: '/api/auth',
    secret: authSecret,
    database: drizzleAdapter(orm, { provider: 'sqlite', usePlural: true, schema }),
    emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 128 },
    // A workspace comes into being by adopting one that a device made: POST /api/workspaces.
    plugins: [organization({ allowUserToCreateOrganization: false })],
    session: { expiresIn: 60 * 60 * 24 * 30, updateAge: 60 * 60 * 24 },
    rateLimit: {
      enabled: true,
      storage: 'database',
      customRules: { '/sign-in/email': { window: 60, max: 30 }, '/sign-up/email': { window: 60, max: 60 } }
    },
    advanced: { ipAddress: { ipAddressHeaders: ['cf-connecting-ip'] } },
    telemetry: { enabled: false }
  })

export type Auth = ReturnType<typeof createAuth>

/** @param headers of the request, with its cookies */
export const readSession = async (auth: Auth, headers: Headers): Promise<Session | null> => {
  const found = await auth.api.getSession({ headers })
  return found === null ? null : { userId: found.user.id }
}

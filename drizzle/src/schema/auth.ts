/**
 * better-auth's tables, as its Drizzle adapter expects them (`usePlural`). An organization is a
 * workspace.
 */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

const date = () => integer({ mode: 'timestamp_ms' })
const userId = () =>
  text()
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' })
const organizationId = () =>
  text()
    .notNull()
    .references(() => organizations.id, { onDelete: 'cascade' })

export const users = sqliteTable('users', {
  id: text().primaryKey(),
  name: text().notNull(),
  email: text().notNull().unique(),
  emailVerified: integer({ mode: 'boolean' }).notNull().default(false),
  image: text(),
  createdAt: date().notNull(),
  updatedAt: date().notNull()
})

export const sessions = sqliteTable(
  'sessions',
  {
    id: text().primaryKey(),
    expiresAt: date().notNull(),
    token: text().notNull().unique(),
    createdAt: date().notNull(),
    updatedAt: date().notNull(),
    ipAddress: text(),
    userAgent: text(),
    userId: userId(),
    activeOrganizationId: text()
  },
  table => [index('sessions_user_id').on(table.userId), index('sessions_expires_at').on(table.expiresAt)]
)

export const accounts = sqliteTable(
  'accounts',
  {
    id: text().primaryKey(),
    accountId: text().notNull(),
    providerId: text().notNull(),
    userId: userId(),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: date(),
    refreshTokenExpiresAt: date(),
    scope: text(),
    password: text(),
    createdAt: date().notNull(),
    updatedAt: date().notNull()
  },
  table => [
    index('accounts_user_id').on(table.userId),
    index('accounts_account_id').on(table.accountId, table.providerId)
  ]
)

export const verifications = sqliteTable(
  'verifications',
  {
    id: text().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: date().notNull(),
    createdAt: date().notNull(),
    updatedAt: date().notNull()
  },
  table => [
    index('verifications_identifier').on(table.identifier),
    index('verifications_expires_at').on(table.expiresAt)
  ]
)

export const organizations = sqliteTable('organizations', {
  id: text().primaryKey(),
  name: text().notNull(),
  slug: text().notNull().unique(),
  logo: text(),
  createdAt: date().notNull(),
  metadata: text()
})

export const members = sqliteTable(
  'members',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    userId: userId(),
    role: text().notNull().default('member'),
    createdAt: date().notNull()
  },
  table => [
    index('members_user_id').on(table.userId, table.createdAt, table.id),
    index('members_organization_id').on(table.organizationId, table.userId)
  ]
)

export const invitations = sqliteTable(
  'invitations',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    email: text().notNull(),
    role: text(),
    status: text().notNull().default('pending'),
    expiresAt: date().notNull(),
    createdAt: date().notNull(),
    inviterId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' })
  },
  table => [
    index('invitations_organization_id').on(table.organizationId),
    index('invitations_email').on(table.email),
    index('invitations_inviter_id').on(table.inviterId)
  ]
)

export const rateLimits = sqliteTable(
  'rate_limits',
  {
    id: text().primaryKey(),
    key: text().notNull().unique(),
    count: integer().notNull(),
    lastRequest: integer().notNull()
  },
  table => [index('rate_limits_last_request').on(table.lastRequest)]
)

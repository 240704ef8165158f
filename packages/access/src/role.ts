/** Roles in a workspace, most rights first. `can.ts` has their permissions. */
export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const

export type Role = (typeof ROLES)[number]

/**
 * Parses a role from outside: a table, a header, a message or a device's record. Anything but an
 * exact role, such as a list of several or another spelling, gets the least rights.
 */
export const parseRole = (value: unknown): Role => ROLES.find(role => role === value) ?? 'viewer'

export const isRole = (value: unknown): value is Role => ROLES.some(role => role === value)

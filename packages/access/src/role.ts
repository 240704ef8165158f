/** Roles in a workspace, most rights first. What each may do: can.ts. */
export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const

export type Role = (typeof ROLES)[number]

/**
 * Parses a role at the edge: from a table, a header, a message or a device's record. Anything that is not exactly
 * one of them, such as a list of several, another spelling or nothing, gets the least rights.
 */
export const parseRole = (value: unknown): Role => ROLES.find(role => role === value) ?? 'viewer'

export const isRole = (value: unknown): value is Role => ROLES.some(role => role === value)

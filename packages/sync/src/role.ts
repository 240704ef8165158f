/** What a person may do in a workspace, most rights first (DESIGN §6). */
export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const

export type Role = (typeof ROLES)[number]

/**
 * The one reading of a role, wherever it comes from: a table, a header, a message, a device's record. What is not
 * exactly one of them, such as a list of several or another spelling, has the least rights.
 */
export const parseRole = (value: unknown): Role => ROLES.find(role => role === value) ?? 'viewer'

export const isRole = (value: unknown): value is Role => ROLES.some(role => role === value)

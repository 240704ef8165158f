import type { Role } from './role.ts'

/** Who may do what. Everybody in a workspace may read it and join its meetings. */
const ALLOWED = {
  /** Create, change and delete rooms and webinars, and rename the workspace. */
  'edit-items': ['owner', 'admin', 'member'],
  /** Get the workspace's link key, from which host links are derived. */
  'see-host-links': ['owner', 'admin', 'member'],
  'upload-pictures': ['owner', 'admin', 'member'],
  /** Invite and remove people, and change their roles. */
  'manage-people': ['owner', 'admin']
} as const satisfies Record<string, readonly Role[]>

export type Action = keyof typeof ALLOWED

/** Is the action allowed for the role? The server enforces it; the app adapts what it shows. */
export const can = (role: Role, action: Action): boolean => {
  const allowed: readonly Role[] = ALLOWED[action]
  return allowed.includes(role)
}

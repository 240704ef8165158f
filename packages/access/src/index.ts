export { can, type Action } from './can.ts'
export { isRole, parseRole, ROLES, type Role } from './role.ts'

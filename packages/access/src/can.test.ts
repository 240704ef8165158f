import { expect, it } from 'vitest'
import { can, ROLES, type Action } from './index.ts'

it.each<[Action, string]>([
  ['edit-items', 'owner admin member'],
  ['see-host-links', 'owner admin member'],
  ['upload-pictures', 'owner admin member'],
  ['manage-people', 'owner admin']
])('%s is for %s alone', (action, roles) => {
  expect(ROLES.filter(role => can(role, action)).join(' ')).toBe(roles)
})

import { expect, it } from 'vitest'
import { isRole, parseRole, ROLES } from './role.ts'

it('S38 a role is one of a closed set', () => {
  for (const role of ROLES) expect([parseRole(role), isRole(role)]).toEqual([role, true])
})

it.each([
  'viewer,viewer',
  'owner,viewer',
  'owner,owner',
  'Owner',
  'ADMIN',
  ' owner',
  'owner\n',
  'owner\0',
  'оwner', // a Cyrillic о
  'superadmin',
  'constructor',
  '',
  ['owner'],
  { toString: () => 'owner' },
  0,
  null,
  undefined
])('S38 %j is none, and has the least rights', value => {
  expect([parseRole(value), isRole(value)]).toEqual(['viewer', false])
})

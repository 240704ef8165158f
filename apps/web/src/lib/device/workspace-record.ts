import { makeLinkKey } from '@foyer/doc'
import type { Role } from '@foyer/access'

/** A workspace on this device, and its account. */
export interface WorkspaceRecord {
  id: string
  name: string
  /** Null for viewers, who cannot create host links. */
  linkKey: string | null
  /** As told by the server; `owner` without an account. */
  role: Role
  /** The account signed in on this device. */
  account: Account | null
  /** The server has this workspace. False with an account: not handed over yet. */
  adopted: boolean
}

export interface Account {
  name: string
  email: string
}

const ID_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const makeId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(21)), byte => ID_CHARACTERS.charAt(byte & 63)).join('')

/** Creates a workspace on this device, before or without an account. */
export const makeWorkspaceRecord = (account: Account | null = null): WorkspaceRecord => ({
  id: makeId(),
  name: 'My workspace',
  linkKey: makeLinkKey(),
  role: 'owner',
  account,
  adopted: false
})

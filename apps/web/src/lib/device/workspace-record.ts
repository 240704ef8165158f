import { makeLinkKey } from '@foyer/doc'
import type { Role } from '@foyer/access'

/** The workspace that this device shows, and whose it is. */
export interface WorkspaceRecord {
  id: string
  name: string
  /** Null for viewers: they make no host links. */
  linkKey: string | null
  /** By the server's word; a workspace without an account is its device's own. */
  role: Role
  /** Who is signed in on this device. */
  account: Account | null
  /** The server holds this workspace. False with an account: it has yet to be handed over. */
  adopted: boolean
}

export interface Account {
  name: string
  email: string
}

const ID_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const makeId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(21)), byte => ID_CHARACTERS.charAt(byte & 63)).join('')

/** A workspace made on this device, before or without an account. */
export const makeWorkspaceRecord = (account: Account | null = null): WorkspaceRecord => ({
  id: makeId(),
  name: 'My workspace',
  linkKey: makeLinkKey(),
  role: 'owner',
  account,
  adopted: false
})

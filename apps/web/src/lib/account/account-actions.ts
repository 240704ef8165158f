import { can } from '@foyer/access'
import { adoptWorkspace, listWorkspaces, type WorkspaceOnServer } from '#lib/api/api.ts'
import { endSession, signInWithEmail, signUpWithEmail } from '#lib/api/auth.ts'
import { makeWorkspaceRecord, type Account, type WorkspaceRecord } from '#lib/device/workspace-record.ts'
import { counted } from '#lib/intl/format-number.ts'
import { m } from '#lib/paraglide/messages.js'
import type { Foyer } from '#lib/workspace/workspaces.svelte.ts'
import { ApiError, UnreachableError } from '#lib/api/send.ts'

/** Makes an account; this device's workspace becomes the account's, with its rooms and links. */
export const signUp = async (foyer: Foyer, values: { name: string; email: string; password: string }) => {
  await mayReplace(foyer, values.email)
  await take(foyer, await signUpWithEmail(values))
}

export const signIn = async (foyer: Foyer, values: { email: string; password: string }) => {
  await mayReplace(foyer, values.email)
  await take(foyer, await signInWithEmail(values))
}

/** Ends the session and deletes this device's copies. The server must know, or the cookie would live on. */
export const signOut = async (foyer: Foyer) => {
  await endSession()
  await foyer.replace(makeWorkspaceRecord(), { keepItems: false })
}

/**
 * Finishes what signing in began: the device shows the account's workspace, or hands its own over. A
 * lost connection in between does no harm: it is called again at the next open and when the network is back.
 */
export const settle = async (foyer: Foyer): Promise<void> => {
  const record = foyer.record
  if (record?.account == null) return
  const workspaces = await listWorkspaces()
  const same = workspaces.find(({ id }) => id === record.id)
  const first = workspaces[0]
  if (same !== undefined) await foyer.update(joined(same, record))
  else if (record.adopted)
    return // no longer a member: sync says so, the copy stays until signing out
  else if (first !== undefined) await move(foyer, joined(first, record))
  else await adopt(foyer, record)
}

const take = async (foyer: Foyer, account: Account) => {
  const record = foyer.record ?? makeWorkspaceRecord()
  if (record.adopted && !isSame(record.account, account.email)) {
    // Another person's copy: nothing of it may reach this account.
    await foyer.replace(makeWorkspaceRecord(account), { keepItems: false })
  } else {
    await foyer.update({ ...record, account })
  }
  // Signed in is signed in: what the network keeps from being settled now is settled later.
  await settle(foyer).catch((error: unknown) => {
    if (!(error instanceof UnreachableError)) throw error
  })
}

const adopt = async (foyer: Foyer, record: WorkspaceRecord) => {
  const { id, linkKey } = record
  if (linkKey === null) return // only a workspace of this device's own making has yet to be adopted
  await foyer.workspace?.whenLoaded
  const name = foyer.workspaceName
  await foyer.update(joined(await adoptWorkspace({ id, name, linkKey }), record))
}

const move = async (foyer: Foyer, record: WorkspaceRecord) => {
  const copied = await foyer.replace(record, { keepItems: can(record.role, 'edit-items') })
  if (copied > 0) foyer.messages.say(m.account_items_added(counted(copied)))
}

/** Someone else's unsynced changes would be lost: they have to sign in, or out, first. */
const mayReplace = async ({ record, workspace }: Foyer, email: string) => {
  if (record?.adopted !== true || isSame(record.account, email)) return
  await workspace?.whenLoaded
  if (workspace?.countUnsynced() === 0) return
  const account = record.account?.email ?? m.account_another()
  throw new ApiError(409, 'other-account', m.account_error_other_account({ account }))
}

const isSame = (account: Account | null, email: string): boolean =>
  account?.email.toLowerCase() === email.trim().toLowerCase()

const joined = (workspace: WorkspaceOnServer, { account }: WorkspaceRecord): WorkspaceRecord => ({
  ...workspace,
  account,
  adopted: true
})

import { can } from '@foyer/access'
import { adoptWorkspace, listWorkspaces, type WorkspaceOnServer } from '#lib/api/api.ts'
import { endSession, signInWithEmail, signUpWithEmail } from '#lib/api/auth.ts'
import { ApiError, UnreachableError } from '#lib/api/send.ts'
import { makeWorkspaceRecord, type Account, type WorkspaceRecord } from '#lib/device/workspace-record.ts'
import { counted } from '#lib/intl/format-number.ts'
import { m } from '#lib/paraglide/messages.js'
import type { Toasts } from '#lib/ui/toasts.svelte.ts'
import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'
import { countUnsyncedElsewhere } from './unsynced-elsewhere.ts'

/** The parts of the app that signing in and out uses. */
export interface AccountHost {
  workspaces: Workspaces
  toasts: Toasts
}

/** Creates an account, which takes over this device's workspace with its rooms and links. */
export const signUp = async (
  host: AccountHost,
  values: { name: string; email: string; password: string }
) => {
  await mayReplace(host, values.email)
  await take(host, await signUpWithEmail(values))
}

export const signIn = async (host: AccountHost, values: { email: string; password: string }) => {
  await mayReplace(host, values.email)
  await take(host, await signInWithEmail(values))
}

/** Ends the session on the server and deletes this device's copies. */
export const signOut = async ({ workspaces }: AccountHost) => {
  await endSession()
  await workspaces.replace(makeWorkspaceRecord(), { keepItems: false })
}

/**
 * Completes a sign-in: shows the account's workspace or hands over the device's own.
 * Idempotent; retried at the next open and when the network is back.
 */
export const finishSignIn = async (host: AccountHost): Promise<void> => {
  const { workspaces } = host
  const record = workspaces.record
  if (record?.account == null) return
  const onServer = await listWorkspaces()
  const same = onServer.find(({ id }) => id === record.id)
  const first = onServer[0]
  if (same !== undefined) await workspaces.update(joined(same, record))
  else if (record.adopted)
    return // not a member anymore: sync reports it, the copy stays until signing out
  else if (first !== undefined) await move(host, joined(first, record))
  else await adopt(workspaces, record)
}

const take = async (host: AccountHost, account: Account) => {
  const { workspaces } = host
  const record = workspaces.record ?? makeWorkspaceRecord()
  if (record.adopted && !isSame(record.account, account.email)) {
    // Another person's copy must not reach this account.
    await workspaces.replace(makeWorkspaceRecord(account), { keepItems: false })
  } else {
    await workspaces.update({ ...record, account })
  }
  // The person is signed in already; a failed handover is retried later.
  await finishSignIn(host).catch((error: unknown) => {
    if (!(error instanceof UnreachableError)) throw error
  })
}

const adopt = async (workspaces: Workspaces, record: WorkspaceRecord) => {
  const { id, linkKey } = record
  if (linkKey === null) return // only workspaces made on this device can be unadopted
  await workspaces.current?.whenLoaded
  const name = workspaces.name
  await workspaces.update(joined(await adoptWorkspace({ id, name, linkKey }), record))
}

const move = async ({ workspaces, toasts }: AccountHost, record: WorkspaceRecord) => {
  const copied = await workspaces.replace(record, { keepItems: can(record.role, 'edit-items') })
  if (copied > 0) toasts.say(m.account_items_added(counted(copied)))
}

/** Refuses to sign in while another account has unsynced changes on this device. */
const mayReplace = async ({ workspaces }: AccountHost, email: string) => {
  const { record, current } = workspaces
  if (record?.adopted !== true || isSame(record.account, email)) return
  await current?.whenLoaded
  const waiting = (current?.countUnsynced() ?? 0) + (await countUnsyncedElsewhere(workspaces))
  if (waiting === 0) return
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

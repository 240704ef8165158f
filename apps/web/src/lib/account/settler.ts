import type { Foyer } from '#lib/workspace/workspaces.svelte.ts'

const RETRY_MS = 10_000

/** Sees to it that a sign-in which the network broke off is finished, sooner or later. */
export const createSettler = (foyer: Foyer) => {
  let timer: ReturnType<typeof setTimeout> | undefined

  const settleNow = async (): Promise<void> => {
    clearTimeout(timer)
    try {
      // Rarely needed, so no part of Home's first load.
      const { settle } = await import('./account-actions.ts')
      await settle(foyer)
    } catch (error) {
      console.warn('the workspace could not be handed over yet', error)
      timer = setTimeout(settleIfNeeded, RETRY_MS)
    }
  }
  /** Is there an account that the workspace was not handed over to yet? */
  const settleIfNeeded = () => {
    if (foyer.record?.account != null && !foyer.record.adopted) void settleNow()
  }
  const stop = () => {
    clearTimeout(timer)
  }
  return { settleNow, settleIfNeeded, stop }
}

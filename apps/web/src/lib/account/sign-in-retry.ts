import type { AccountHost } from './account-actions.ts'

const RETRY_MS = 10_000

/** Retries a sign-in that a lost connection interrupted. */
export const createSignInRetry = (host: AccountHost) => {
  let timer: ReturnType<typeof setTimeout> | undefined

  const finishNow = async (): Promise<void> => {
    clearTimeout(timer)
    try {
      // Rarely needed: kept out of Home's first load.
      const { finishSignIn } = await import('./account-actions.ts')
      await finishSignIn(host)
    } catch (error) {
      console.warn('the workspace could not be handed over yet', error)
      timer = setTimeout(finishIfNeeded, RETRY_MS)
    }
  }
  /** Runs if the workspace was not handed over to the account yet. */
  const finishIfNeeded = () => {
    const { record } = host.workspaces
    if (record?.account != null && !record.adopted) void finishNow()
  }
  const stop = () => {
    clearTimeout(timer)
  }
  return { finishNow, finishIfNeeded, stop }
}

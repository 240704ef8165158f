import { getContext, hasContext, setContext } from 'svelte'

const KEY = Symbol('order-lock')

/** Keeps a list's rows in place while one of their controls is in use. @returns unlocks them */
export type LockOrder = () => () => void

/** For lists that reorder: moving a row in the DOM would close its open menu. */
export const setOrderLock = (lock: LockOrder): void => {
  setContext(KEY, lock)
}

/** The lock of the surrounding list, if there is one. */
export const getOrderLock = (): LockOrder | undefined =>
  hasContext(KEY) ? getContext<LockOrder>(KEY) : undefined

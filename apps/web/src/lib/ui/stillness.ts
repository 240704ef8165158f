import { getContext, hasContext, setContext } from 'svelte'

const KEY = Symbol('stillness')

/** Asks that nothing moves around a control that is in use. @returns ends it */
export type HoldStill = () => () => void

/** For a list whose rows move: a row that is moved in the page would lose an open menu. */
export const setStillness = (hold: HoldStill): void => {
  setContext(KEY, hold)
}

/** Of the list around the component, where there is one. */
export const getStillness = (): HoldStill | undefined =>
  hasContext(KEY) ? getContext<HoldStill>(KEY) : undefined

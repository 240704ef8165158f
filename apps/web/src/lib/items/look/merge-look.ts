import type { Lobby, Look } from '@foyer/doc'

/** The app's own accent, for items without one. */
export const DEFAULT_ACCENT = '#0f6b57'

/** Properties to change; `undefined` and an empty text remove one. */
export type Change<T> = { [P in keyof T]?: T[P] | undefined }

/** Applies a change to the current look, which the document stores as one value. */
export const mergeLook = (now: Look | null, change: Change<Look>): Look =>
  ({ accent: DEFAULT_ACCENT, ...without({ ...now, ...change }) }) satisfies Look

/** Applies a change to the current lobby. */
export const mergeLobby = (now: Lobby | null, change: Change<Lobby>): Lobby =>
  ({ layout: 'centered', ...without({ ...now, ...change }) }) satisfies Lobby

const without = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined && each !== '')) as {
    [P in keyof T]: Exclude<T[P], undefined>
  }

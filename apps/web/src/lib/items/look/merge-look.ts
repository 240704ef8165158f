import type { Lobby, Look } from '@foyer/doc'

/** What an item has whose accent nobody chose: the app's own. */
export const DEFAULT_ACCENT = '#0f6b57'

/** What changes; `undefined` and an empty text take a property away. */
export type Change<T> = { [P in keyof T]?: T[P] | undefined }

/** A look with one change, all else as it stands now: the document holds it as one value. */
export const mergeLook = (now: Look | null, change: Change<Look>): Look =>
  ({ accent: DEFAULT_ACCENT, ...without({ ...now, ...change }) }) satisfies Look

/** The same of a lobby. */
export const mergeLobby = (now: Lobby | null, change: Change<Lobby>): Lobby =>
  ({ layout: 'centered', ...without({ ...now, ...change }) }) satisfies Lobby

const without = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined && each !== '')) as {
    [P in keyof T]: Exclude<T[P], undefined>
  }

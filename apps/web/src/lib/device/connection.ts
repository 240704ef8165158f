import type { IDBPDatabase, OpenDBCallbacks } from 'idb'

/** A connection to an IndexedDB database that opens on demand and reopens after it was lost. */
export interface Connection<Schema> {
  /** @throws the browser's error; the next call reopens the database */
  use: <T>(work: (database: IDBPDatabase<Schema>) => Promise<T>) => Promise<T>
  close: () => void
}

type Callbacks = Required<Pick<OpenDBCallbacks<unknown>, 'blocking' | 'terminated'>>

export interface ConnectionEvents {
  /** Another page deletes or upgrades the database, so this one has closed it. */
  onReleased?: () => void
  /** The browser closed the connection: site data was cleared, or an internal error. */
  onTerminated?: () => void
}

export const createConnection = <Schema>(
  open: (callbacks: Callbacks) => Promise<IDBPDatabase<Schema>>,
  { onReleased, onTerminated }: ConnectionEvents = {}
): Connection<Schema> => {
  let opened: Promise<IDBPDatabase<Schema>> | null = null

  const close = () => {
    void opened?.then(
      database => {
        database.close()
      },
      () => undefined // it never opened
    )
    opened = null
  }
  const openIt = () =>
    open({
      blocking() {
        close()
        onReleased?.()
      },
      terminated() {
        opened = null
        onTerminated?.()
      }
    })

  return {
    async use(work) {
      try {
        return await work(await (opened ??= openIt()))
      } catch (error) {
        close()
        throw error
      }
    },
    close
  }
}

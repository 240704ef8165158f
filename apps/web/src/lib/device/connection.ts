import type { IDBPDatabase, OpenDBCallbacks } from 'idb'

/** A connection to an IndexedDB database that opens by itself, and again after it was lost. */
export interface Connection<Schema> {
  /** @throws what the browser says; the next use opens anew */
  use: <T>(work: (database: IDBPDatabase<Schema>) => Promise<T>) => Promise<T>
  close: () => void
}

type Callbacks = Required<Pick<OpenDBCallbacks<unknown>, 'blocking' | 'terminated'>>

export interface ConnectionEvents {
  /** Another page deletes the database (or brings it to a later version): this one has let go of it. */
  onReleased?: () => void
  /** The browser has cut the connection: it cleared the site's data, or ran into trouble of its own. */
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

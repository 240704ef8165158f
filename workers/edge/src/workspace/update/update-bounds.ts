/**
 * Limits of one update, checked while decoding. Each is far above what honest devices send, and low
 * enough that the update does not delay others.
 */
export const BOUNDS = {
  /** Yjs makes them as random 32-bit numbers. */
  clientId: 2 ** 32 - 1,
  /** Each session with an edit makes one: years of a device that never synced. */
  clients: 2_000,
  /** One person in one document: Yjs keeps each for ever, and every handshake lists them. */
  clientsOfPerson: 20_000,
  /** 10,000 rooms with all their fields, and some edits of each. */
  structs: 250_000,
  /** Ranges of deletions: an answer to a state vector repeats all of them. */
  deletions: 250_000,
  /** Deleted entries of live items: a few items may have been restored concurrently. */
  putBack: 200,
  /** Clock ticks: a thousand edits to each of a thousand fields. */
  ticks: 1_000_000,
  /** Yjs joins values of one key that were overwritten before the server had them. */
  valuesInStruct: 10_000,
  /** Values of all structs, and the values inside them. */
  values: 1_000_000,
  /** The schema needs 3: the entry, its value, an object in it. */
  depth: 8,
  /** Of an entry (value and time of edit), and what a later app may add. */
  entryLength: 8,
  /** Keys of an object in a value; the schema's largest has 5. */
  objectKeys: 64,
  objectKeyBytes: 128,
  /**
   * A text in a value. The schema's longest is 2,000 characters; a longer one is put back, with
   * words.
   */
  textBytes: 1024 * 1024,
  /** `<item id>/<field>` */
  keyBytes: 256,
  /** Steps past concurrent edits of the same key. Yjs takes them one by one, for each struct. */
  conflictSteps: 1_000_000
} as const

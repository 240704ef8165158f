import * as Y from 'yjs'

/** A frame goes to every device: caching the last few parses each only once. */
const REMEMBERED_FRAMES = 64

export interface Sender {
  /** Its Yjs client, and the client's clock before its first edit. Each edit is one tick. */
  client: number
  clock: number
  /** Update messages sent on its connection before its first edit. */
  messages: number
}

/** When each edit was sent, acknowledged, and seen by all other devices. Sender: i mod n. */
export class DeliveryLog {
  readonly #senders: Sender[]
  readonly #indexOf: Map<number, number>
  readonly #sentAt: Float64Array
  /** Devices still missing each edit. The sender counts until the acknowledgement. */
  readonly #lacking: Uint16Array
  readonly #seen: Uint8Array
  readonly #acknowledged: number[]
  #frames: { bytes: Buffer; edits: number[] }[] = []
  done = 0
  /** ms, of completed edits in order of completion. */
  readonly latencies: number[] = []
  readonly ackLatencies: number[] = []

  constructor(senders: Sender[], edits: number) {
    this.#senders = senders
    this.#indexOf = new Map(senders.map(({ client }, index) => [client, index]))
    this.#sentAt = new Float64Array(edits)
    this.#lacking = new Uint16Array(edits).fill(senders.length)
    this.#seen = new Uint8Array(edits * senders.length)
    this.#acknowledged = senders.map(() => 0)
  }

  sent(edit: number, at: number): void {
    this.#sentAt[edit] = at
  }

  received(device: number, update: Uint8Array, at: number): void {
    for (const edit of this.#editsOf(update)) {
      const place = edit * this.#senders.length + device
      if (edit % this.#senders.length === device || this.#seen[place] === 1) continue
      this.#seen[place] = 1
      this.#settle(edit, at)
    }
  }

  /** @param durable number of the connection's update messages stored in the database */
  acknowledged(device: number, durable: number, at: number): void {
    const edits = durable - (this.#senders[device]?.messages ?? 0)
    for (let n = this.#acknowledged[device] ?? 0; n < edits; n++) {
      const edit = n * this.#senders.length + device
      this.ackLatencies.push(at - (this.#sentAt[edit] ?? 0))
      this.#settle(edit, at)
    }
    this.#acknowledged[device] = Math.max(edits, this.#acknowledged[device] ?? 0)
  }

  #settle(edit: number, at: number): void {
    const lacking = (this.#lacking[edit] ?? 0) - 1
    this.#lacking[edit] = lacking
    if (lacking > 0) return
    this.done++
    this.latencies.push(at - (this.#sentAt[edit] ?? 0))
  }

  #editsOf(update: Uint8Array): number[] {
    const known = this.#frames.find(({ bytes }) => bytes.equals(update))
    if (known) return known.edits
    const edits = this.#parse(update)
    this.#frames = [{ bytes: Buffer.from(update), edits }, ...this.#frames.slice(0, REMEMBERED_FRAMES - 1)]
    return edits
  }

  #parse(update: Uint8Array): number[] {
    const edits: number[] = []
    for (const { id, length } of Y.decodeUpdate(update).structs) {
      const index = this.#indexOf.get(id.client)
      const sender = index === undefined ? undefined : this.#senders[index]
      if (index === undefined || sender === undefined) continue
      for (let clock = id.clock; clock < id.clock + length; clock++) {
        const edit = (clock - sender.clock) * this.#senders.length + index
        if (edit >= 0 && edit < this.#sentAt.length) edits.push(edit)
      }
    }
    return edits
  }
}

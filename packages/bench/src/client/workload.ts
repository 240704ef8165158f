import { createRoom, editItem } from '@foyer/doc'
import * as Y from 'yjs'

const WORDS = [
  'Weekly',
  'Design',
  'Board',
  'Demo',
  'Sales',
  'Planning',
  'Retro',
  'Office',
  'Review',
  'Launch'
]

/**
 * A workspace and its devices' edits. All are made in one document, each under its device's Yjs
 * client: hundreds of devices take the memory of one, and the server's final state is known.
 */
export class Workload {
  readonly doc = new Y.Doc()
  readonly rooms: string[] = []
  #captured: Uint8Array = new Uint8Array()
  #edits = 0

  constructor() {
    this.doc.on('update', update => {
      this.#captured = update
    })
  }

  /** @param client the creating Yjs client @param now ms since 1970 @returns the update */
  addRoom(client: number, now: number): Uint8Array {
    this.doc.clientID = client
    this.rooms.push(createRoom(this.doc, { name: this.#nextName() }, now))
    return this.#captured
  }

  /** @param client the editing Yjs client @param now ms since 1970 @returns the update */
  rename(room: number, client: number, now: number): Uint8Array {
    const id = this.rooms[room]
    if (id === undefined) throw new RangeError(`there is no room ${room}`)
    this.doc.clientID = client
    editItem(this.doc, { kind: 'room', id }, { name: this.#nextName() }, now)
    return this.#captured
  }

  whole(): Uint8Array {
    return Y.encodeStateAsUpdate(this.doc)
  }

  #nextName(): string {
    const n = this.#edits++
    const [first, second] = [WORDS[n % WORDS.length], WORDS[Math.floor(n / WORDS.length) % WORDS.length]]
    return `${first} ${second} ${n}`
  }
}

/** Creates a workspace with this many rooms, all made by one device. */
export const createWorkload = (rooms: number, now = Date.now()): Workload => {
  const workload = new Workload()
  const client = newClient()
  for (let i = 0; i < rooms; i++) workload.addRoom(client, now)
  return workload
}

/** A client id as Yjs makes them: a random unsigned 32-bit number. */
export const newClient = (): number => Math.floor(Math.random() * 2 ** 32)

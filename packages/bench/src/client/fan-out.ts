import { encodeUpdate } from '@foyer/sync/protocol'
import { setTimeout as sleep } from 'node:timers/promises'
import * as Y from 'yjs'
import { median } from '../figure.ts'
import type { Workspace } from '../server/bench-server.ts'
import { contentHash } from './content-hash.ts'
import { DeliveryLog } from './delivery-log.ts'
import { assertConnected, Device } from './device.ts'
import { becomesTrue, inParallel, waitUntil } from './wait.ts'
import { storeDocument } from './whole-document.ts'
import { createWorkload, newClient, type Workload } from './workload.ts'

/** If the last edits take longer than this to reach all devices, there was a backlog. */
const BACKLOG_MS = 500
/** Time to drain a backlog before the next run. */
const DRAIN_MS = 60_000
/** Most edits sent in one turn of this process's event loop. */
const MOST_AT_ONCE = 64

export interface RunResult {
  /** All edits were sent on time, and no backlog was left at the end. */
  sustained: boolean
  /** Sending fell behind: this process was the limit, not the server. */
  isDriverBound: boolean
  /** ms from sending an edit until it is acknowledged and has reached all other devices. */
  latencies: number[]
  /** ms from sending an edit until its acknowledgement. */
  ackLatencies: number[]
  /** This process's use of one core, 0…1. */
  driverLoad: number
}

/** Devices on one workspace that take turns editing their own rooms and receive all edits. */
export class FanOut {
  readonly #workload: Workload
  readonly #clients: number[]
  readonly #devices: Device[] = []
  /** Updates sent and received by the first device, to apply and compare at the end. */
  readonly #replica: Uint8Array[] = []
  #log: DeliveryLog | null = null

  private constructor(devices: number, workload: Workload) {
    this.#workload = workload
    this.#clients = Array.from({ length: devices }, newClient)
  }

  static async open(workspace: Workspace, devices: number, rooms = 200): Promise<FanOut> {
    const workload = createWorkload(rooms)
    const fanOut = new FanOut(devices, workload)
    await storeDocument(workspace, workload.doc)
    await inParallel(devices, 20, index => fanOut.#connect(workspace, index))
    await waitUntil('all are connected', () => {
      assertConnected(fanOut.#devices)
      return fanOut.#devices.every(({ sent, durable }) => sent === durable)
    })
    return fanOut
  }

  /** @param rate edits per second of all devices together */
  async run(rate: number, seconds: number): Promise<RunResult> {
    const edits = Math.round(rate * seconds)
    const log = new DeliveryLog(
      this.#clients.map((client, index) => ({
        client,
        clock: Y.getState(this.#workload.doc.store, client),
        messages: this.#devices[index]?.sent ?? 0
      })),
      edits
    )
    // Prepared before the clock starts: this is not measured.
    const messages = Array.from({ length: edits }, (_, index) => this.#makeEdit(index))
    this.#log = log
    const cpu = process.cpuUsage()
    const began = performance.now()
    await this.#send(messages, rate, log)
    const sendingTook = performance.now() - began
    const isDone = () => log.done === edits || this.#devices.some(device => device.lost !== null)
    const inTime = await becomesTrue(isDone, BACKLOG_MS)
    const { user, system } = process.cpuUsage(cpu)
    const driverLoad = (user + system) / 1_000 / (performance.now() - began)
    if (!inTime) await becomesTrue(isDone, DRAIN_MS)
    assertConnected(this.#devices)
    const isDriverBound = sendingTook > seconds * 1_000 * 1.05
    const { latencies, ackLatencies } = log
    const isSteady = median(latencies.slice(-Math.ceil(latencies.length / 5))) <= BACKLOG_MS
    return {
      sustained: inTime && isSteady && !isDriverBound,
      isDriverBound,
      latencies,
      ackLatencies,
      driverLoad
    }
  }

  /** @throws {Error} the first device's document differs from the edits made */
  assertEqual(): void {
    const doc = new Y.Doc()
    doc.transact(() => {
      for (const update of this.#replica) Y.applyUpdate(doc, update)
    })
    if (contentHash(doc) !== contentHash(this.#workload.doc))
      throw new Error('a device ended up with something else')
  }

  close(): void {
    for (const device of this.#devices) device.close()
  }

  async #connect(workspace: Workspace, index: number): Promise<void> {
    const device = new Device(workspace, {
      onUpdate: (update, at) => {
        if (index === 0) this.#replica.push(Uint8Array.from(update))
        this.#log?.received(index, update, at)
      },
      onAck: (durable, at) => {
        this.#log?.acknowledged(index, durable, at)
      }
    })
    this.#devices[index] = device
    await device.synced
  }

  /** Each device edits only its own rooms, so no update depends on one it has not received. */
  #makeEdit(index: number): Uint8Array {
    const devices = this.#clients.length
    const device = index % devices
    const ownRooms = Math.floor(this.#workload.rooms.length / devices)
    const room = device + (Math.floor(index / devices) % ownRooms) * devices
    const update = this.#workload.rename(room, this.#clients[device] ?? 0, Date.now())
    if (device === 0) this.#replica.push(update)
    return encodeUpdate(update)
  }

  async #send(messages: Uint8Array[], rate: number, log: DeliveryLog): Promise<void> {
    const began = performance.now()
    for (let next = 0; next < messages.length;) {
      const due = Math.floor(((performance.now() - began) * rate) / 1_000) + 1
      const last = Math.min(messages.length, due, next + MOST_AT_ONCE)
      for (; next < last; next++) {
        log.sent(next, performance.now())
        this.#devices[next % this.#devices.length]?.sendFrame(messages[next] ?? new Uint8Array())
      }
      await sleep(1)
      assertConnected(this.#devices)
    }
  }
}

import { vi } from 'vitest'
import { ClientSocket } from './client-socket.ts'
import { Device } from './device.ts'
import { HOSTILE } from './hostile-device.ts'
import { ModelDatabase } from './model-database.ts'
import { ModelServer } from './model-server.ts'
import { Network } from './network.ts'
import { RunRecord } from './record.ts'
import { Random, useRandom } from './seeded-random.ts'
import { SimulatedChannel, TabChannels } from './tab-channels.ts'
import { VirtualTime, type Timer } from './virtual-time.ts'

const BEGIN = Date.parse('2026-11-23T08:00Z')

export interface WorldOptions {
  seed: number
  /** How much each device's clock is ahead, ms; one device each. */
  clockErrors: number[]
  /** How many people share the devices. */
  people: number
}

/** Devices, a network, a server and a database, in a time of their own. */
export class World {
  readonly time = new VirtualTime(BEGIN)
  readonly random: Random
  readonly record = new RunRecord()
  readonly database: ModelDatabase
  readonly server: ModelServer
  readonly network: Network
  readonly devices: Device[]

  constructor({ seed, clockErrors, people }: WorldOptions) {
    const { time, record } = this
    const random = new Random(seed)
    this.random = random
    useRandom(random)
    this.devices = clockErrors.map(
      (clockError, index) =>
        new Device({ host: `device-${index}`, userId: `user-${index % people}`, time, record, clockError })
    )
    this.database = new ModelDatabase({ time, random, record })
    const userOf = (host: string) =>
      this.devices.find(device => device.host === host || host === HOSTILE)?.userId ?? ''
    this.server = new ModelServer({ time, record, database: this.database, userOf })
    for (const { userId } of this.devices) this.server.roles.set(userId, 'member')
    this.network = new Network({ time, random, accept: this.server.accept })
    this.#takeOver()
    this.devices[0]?.begin()
    for (const device of this.devices.slice(1)) device.openTab()
  }

  /** From here on the code under test sees this world's sockets, channels and time. */
  #takeOver(): void {
    ClientSocket.network = this.network
    SimulatedChannel.channels = new TabChannels(this.time, this.random)
    vi.stubGlobal('WebSocket', ClientSocket)
    vi.stubGlobal('BroadcastChannel', SimulatedChannel)
    vi.stubGlobal('setTimeout', (run: () => void, ms = 0): Timer => this.time.after(ms, run))
    vi.stubGlobal('clearTimeout', (timer?: Timer) => {
      if (timer !== undefined) this.time.cancel(timer)
    })
    vi.spyOn(Date, 'now').mockImplementation(() => this.time.now)
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
  }

  end(): void {
    for (const device of this.devices) for (const tab of device.tabs) tab.close()
    this.time.clear()
    useRandom(null)
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  }
}

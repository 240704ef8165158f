import type { ClientSocket } from './client-socket.ts'
import type { Random } from './seeded-random.ts'
import type { VirtualTime } from './virtual-time.ts'

/** What goes over a WebSocket. */
export type Data = Uint8Array<ArrayBuffer> | string

/** What the server does with a connection that reaches it. */
export interface ServerEnd {
  receive(data: Data): void
  closed(): void
}

/** One direction of a connection: in order, each message late by a while of its own. */
class Wire {
  readonly #network: Network
  #lastAt = 0
  #isCut = false
  /** Added to each message's delay, ms. */
  lag = 0

  constructor(network: Network) {
    this.#network = network
  }

  send(deliver: () => void): void {
    const { time } = this.#network
    this.#lastAt = Math.max(this.#lastAt, time.now + this.#network.delay() + this.lag)
    time.after(this.#lastAt - time.now, () => {
      if (!this.#isCut) deliver()
    })
  }

  cut(): void {
    this.#isCut = true
  }
}

/**
 * A WebSocket between a device and the server, which a test can break in all the ways that networks
 * do.
 */
export class Connection {
  readonly #network: Network
  readonly #client: ClientSocket
  readonly #up: Wire
  readonly #down: Wire
  readonly url: URL
  #server: ServerEnd | null = null
  #serverClosed = false

  constructor(network: Network, client: ClientSocket, url: URL) {
    this.#network = network
    this.#client = client
    this.url = url
    this.#up = new Wire(network)
    this.#down = new Wire(network)
    this.#up.send(() => {
      this.#server = network.accept(this)
    })
  }

  /** The server has said yes. */
  open(): void {
    this.#down.send(() => {
      this.#client.opened()
    })
  }

  toClient(data: Data): void {
    this.#down.send(() => {
      this.#client.heard(data)
    })
  }

  /** The server ends it; what it said before still arrives. */
  closeFromServer(code: number): void {
    this.#down.send(() => {
      this.#client.ended(code)
      this.#endServer(this.#network.delay())
    })
  }

  toServer(data: Data): void {
    this.#up.send(() => {
      if (!this.#serverClosed) this.#server?.receive(data)
    })
  }

  closeFromClient(): void {
    this.#up.send(() => {
      this.#endServer(0)
    })
  }

  /** Both ends notice; whatever was on its way is lost. */
  drop(): void {
    this.#up.cut()
    this.#down.cut()
    this.#endClient()
    this.#endServer(this.#network.random.between(0, 2_000))
  }

  /** Nothing arrives any more, and nobody is told: the heartbeat has to find it. */
  fallSilent(): void {
    this.#up.cut()
    this.#down.cut()
    this.#endServer(60_000)
  }

  /**
   * The device gives up while what it sent is still on its way: it arrives after what it sends
   * next.
   */
  linger(): void {
    this.#down.cut()
    this.#up.lag = 4_000
    this.#endClient()
    this.#endServer(10_000)
  }

  #endClient(): void {
    this.#network.time.after(this.#network.random.between(0, 500), () => {
      this.#client.ended(1006)
    })
  }

  #endServer(afterMs: number): void {
    this.#network.time.after(afterMs, () => {
      if (this.#serverClosed) return
      this.#serverClosed = true
      this.#server?.closed()
      this.#network.connections.delete(this)
    })
  }
}

export interface NetworkOptions {
  time: VirtualTime
  random: Random
  accept: (connection: Connection) => ServerEnd
}

/** All connections of a run. A device is the host of the address that it connects to. */
export class Network {
  readonly time: VirtualTime
  readonly random: Random
  readonly accept: (connection: Connection) => ServerEnd
  readonly connections = new Set<Connection>()
  readonly #offline = new Set<string>()

  constructor({ time, random, accept }: NetworkOptions) {
    this.time = time
    this.random = random
    this.accept = accept
  }

  /** Mostly quick, at times not. */
  delay(): number {
    return this.random.next() < 0.9 ? this.random.between(1, 60) : this.random.between(60, 3_000)
  }

  connect(client: ClientSocket, url: URL): Connection | null {
    if (this.#offline.has(url.hostname)) {
      this.time.after(1, () => {
        client.ended(1006)
      })
      return null
    }
    const connection = new Connection(this, client, url)
    this.connections.add(connection)
    return connection
  }

  of(host: string): Connection[] {
    return [...this.connections].filter(({ url }) => url.hostname === host)
  }

  setOffline(host: string, isOffline: boolean): void {
    if (!isOffline) {
      this.#offline.delete(host)
      return
    }
    this.#offline.add(host)
    for (const connection of this.of(host)) connection.drop()
  }
}

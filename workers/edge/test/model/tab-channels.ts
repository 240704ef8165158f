import type { Random } from './seeded-random.ts'
import type { VirtualTime } from './virtual-time.ts'

/** BroadcastChannel within a run: between the tabs of one device, in order, a moment later. */
export class TabChannels {
  readonly #open = new Map<string, Set<SimulatedChannel>>()
  readonly #time: VirtualTime
  readonly #random: Random

  constructor(time: VirtualTime, random: Random) {
    this.#time = time
    this.#random = random
  }

  join(name: string, channel: SimulatedChannel): void {
    this.#open.set(name, (this.#open.get(name) ?? new Set()).add(channel))
  }

  leave(name: string, channel: SimulatedChannel): void {
    this.#open.get(name)?.delete(channel)
  }

  post(name: string, from: SimulatedChannel, data: unknown): void {
    for (const channel of this.#open.get(name) ?? []) {
      if (channel === from) continue
      const copy = structuredClone(data)
      channel.lastAt = Math.max(channel.lastAt, this.#time.now + this.#random.between(0, 20))
      this.#time.after(channel.lastAt - this.#time.now, () => {
        if (!channel.closed) channel.onmessage?.({ data: copy })
      })
    }
  }
}

/** The browser's class, as far as the tab channel uses it. */
export class SimulatedChannel {
  static channels: TabChannels | null = null

  readonly #name: string
  onmessage: ((event: { data: unknown }) => void) | null = null
  closed = false
  lastAt = 0

  constructor(name: string) {
    this.#name = name
    SimulatedChannel.channels?.join(name, this)
  }

  postMessage(data: unknown): void {
    if (!this.closed) SimulatedChannel.channels?.post(this.#name, this, data)
  }

  close(): void {
    this.closed = true
    SimulatedChannel.channels?.leave(this.#name, this)
  }
}

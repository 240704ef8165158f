import type { Connection, Data, Network } from './network.ts'

/** A browser's WebSocket, as far as the sync client uses it. */
export class ClientSocket {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3
  /** Where sockets connect; a run sets it. */
  static network: Network | null = null

  binaryType = 'blob'
  readyState = ClientSocket.CONNECTING
  onopen: (() => void) | null = null
  onmessage: ((event: { data: ArrayBuffer | string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  readonly #connection: Connection | null

  constructor(url: string) {
    if (ClientSocket.network === null) throw new Error('there is no network')
    this.#connection = ClientSocket.network.connect(this, new URL(url))
  }

  send(data: Uint8Array | string): void {
    if (this.readyState === ClientSocket.CONNECTING) throw new Error('not open yet')
    if (this.readyState !== ClientSocket.OPEN) return
    this.#connection?.toServer(typeof data === 'string' ? data : data.slice())
  }

  close(): void {
    if (this.readyState >= ClientSocket.CLOSING) return
    this.readyState = ClientSocket.CLOSING
    this.#connection?.closeFromClient()
  }

  opened(): void {
    if (this.readyState !== ClientSocket.CONNECTING) return
    this.readyState = ClientSocket.OPEN
    this.onopen?.()
  }

  heard(data: Data): void {
    if (this.readyState !== ClientSocket.OPEN) return
    this.onmessage?.({ data: typeof data === 'string' ? data : data.slice().buffer })
  }

  ended(code: number): void {
    if (this.readyState === ClientSocket.CLOSED) return
    this.readyState = ClientSocket.CLOSED
    this.onclose?.({ code })
  }
}

import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { StackError } from './stack-error.ts'

async function listenBriefly(host: string, port: number): Promise<number> {
  const server = createServer()
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return address.port
}

/**
 * Below the ephemeral range (Linux: from 32,768), so that no outgoing connection takes the port of
 * a restarting server.
 */
const FIRST_PORT = 10_240
const PORTS = 22_000
const PICKS = 100

/** Picks a loopback port that is free now. */
export async function pickPort(): Promise<number> {
  for (let pick = 1; ; pick++) {
    try {
      return await listenBriefly('127.0.0.1', FIRST_PORT + Math.floor(Math.random() * PORTS))
    } catch (error) {
      if (pick === PICKS) throw error
    }
  }
}

/**
 * Checks IPv4 and IPv6 loopback. The stack does not use IPv6, but browsers try it first for
 * `localhost`, and would show the other program.
 * @throws {StackError} the port is in use
 */
export async function assertPortIsFree(port: number): Promise<void> {
  for (const host of ['127.0.0.1', '::1']) {
    try {
      await listenBriefly(host, port)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'EADDRINUSE')
        throw new StackError(`Port ${port} is in use. Choose another one with PORT=…`)
      if (code === 'EACCES')
        throw new StackError(`Port ${port} needs more rights. Choose another one with PORT=…`)
      if (host === '127.0.0.1') throw error
    }
  }
}

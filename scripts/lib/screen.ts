import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A screen that nobody sees. */
export interface Screen {
  /** For DISPLAY. */
  display: string
  close: () => void
}

/** Starts Xvfb on a display number that is free. @param xvfb its path */
export async function openScreen(xvfb: string): Promise<Screen> {
  const child = spawn(xvfb, ['-displayfd', '1', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore']
  })
  const ended = once(child, 'exit').then(() => {
    throw new Error('Xvfb ended at once')
  })
  const [number] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended])) as [string]
  ended.catch(() => undefined) // later on it is ended here
  return {
    display: `:${number}`,
    close: () => {
      child.kill()
    }
  }
}

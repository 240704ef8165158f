import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A virtual screen. */
export interface Screen {
  /** The value of DISPLAY. */
  display: string
  close: () => void
}

/** Starts Xvfb on a free display number. @param xvfb its path */
export async function openScreen(xvfb: string): Promise<Screen> {
  const child = spawn(xvfb, ['-displayfd', '1', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore']
  })
  const ended = once(child, 'exit').then(() => {
    throw new Error('Xvfb ended at once')
  })
  const [number] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended])) as [string]
  ended.catch(() => undefined) // expected after `close`
  return {
    display: `:${number}`,
    close: () => {
      child.kill()
    }
  }
}

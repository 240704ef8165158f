/**
 * `pnpm bench sync` and `pnpm bench web`: measure the real stack on this machine, over loopback
 * only, and print the results beside the targets.
 */
import type { Command } from './commands/command.ts'
import { sync } from './commands/sync.ts'
import { web } from './commands/web.ts'
import { stopAll } from './running.ts'

const COMMANDS: Record<string, Command> = { sync, web }

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    stop.abort()
    void stopAll().finally(() => process.exit(130))
  })
}

const [name = '', ...args] = process.argv.slice(2)
try {
  const failures = await COMMANDS[name]?.run(args, stop.signal)
  if (failures == null) {
    const lines = Object.entries(COMMANDS).map(([each, { usage }]) => `pnpm bench ${each} ${usage}`)
    throw new Error(`usage: ${lines.join('\n       ')}`)
  }
  for (const failure of failures) console.error(failure)
  process.exit(failures.length === 0 ? 0 : 1)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

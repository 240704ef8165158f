import { readFileSync } from 'node:fs'

const pollMs = 500

/**
 * Aborts when this process should stop: on Ctrl-C, SIGTERM, a closed terminal, or the death of the
 * npm that started it (after a SIGKILL it cannot forward a signal).
 */
export function createStopSignal(): AbortSignal {
  const controller = new AbortController()
  const stop = () => {
    controller.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  // Writes fail once the terminal is gone: stop in order instead of crashing.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', stop)

  const launchers = findLaunchers()
  setInterval(() => {
    if (launchers.some(({ pid, parent }) => parentOf(pid) !== parent)) stop()
  }, pollMs).unref()
  return controller.signal
}

/** This process and its npm, npx and shell ancestors, up to the user's own shell. */
function findLaunchers(): { pid: number; parent: number }[] {
  const chain = [{ pid: process.pid, parent: process.ppid }]
  let pid = process.ppid
  while (/^(npm |npx |(\/bin\/)?sh\0-c)/.test(readProc(pid, 'cmdline'))) {
    const parent = parentOf(pid)
    if (parent === undefined) break
    chain.push({ pid, parent })
    pid = parent
  }
  // The outermost one may outlive its parent, such as a shell left with "disown".
  const outermost = chain.length > 1 ? chain.pop() : undefined
  return outermost ? chain : []
}

/** The parent's pid; undefined if the process is gone or there is no /proc. */
function parentOf(pid: number): number | undefined {
  if (pid === process.pid) return process.ppid
  const match = /^\d+ \(.*\) \S (\d+)/s.exec(readProc(pid, 'stat'))
  return match?.[1] === undefined ? undefined : Number(match[1])
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

import { readFileSync } from 'node:fs'

const pollMs = 500

/**
 * Aborts when somebody wants this process to stop: Ctrl-C, SIGTERM, a closed terminal, or the npm that started it
 * being gone (killed by SIGKILL, it cannot pass anything on).
 */
export function createStopSignal(): AbortSignal {
  const controller = new AbortController()
  const stop = () => {
    controller.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  // With the terminal gone there is nobody to tell, which is no reason to skip stopping in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', stop)

  const launchers = findLaunchers()
  setInterval(() => {
    if (launchers.some(({ pid, parent }) => parentOf(pid) !== parent)) stop()
  }, pollMs).unref()
  return controller.signal
}

/** This process, and the npm, npx and shell processes between the user's own shell and it. */
function findLaunchers(): { pid: number; parent: number }[] {
  const chain = [{ pid: process.pid, parent: process.ppid }]
  let pid = process.ppid
  while (/^(npm |npx |(\/bin\/)?sh\0-c)/.test(readProc(pid, 'cmdline'))) {
    const parent = parentOf(pid)
    if (parent === undefined) break
    chain.push({ pid, parent })
    pid = parent
  }
  // The outermost one may outlive its own parent: a shell that was left with "disown".
  const outermost = chain.length > 1 ? chain.pop() : undefined
  return outermost ? chain : []
}

/** Undefined if the process is gone, or where there is no /proc to ask. */
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

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { root } from './root.ts'

export interface RunOptions {
  env?: Record<string, string>
  /** Ends the command with SIGTERM. */
  signal?: AbortSignal | undefined
}

export interface RunResult {
  ok: boolean
  /** What it wrote to stdout and stderr, in the order it came. */
  output: string
}

// Nothing that runs here has reason to call home, and their banners would drown what matters.
const quiet = {
  DO_NOT_TRACK: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_WRITE_LOGS: 'false'
}

/** The environment for the project's tools: they are found by name, as pnpm's scripts do it. */
export function toolEnv(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const bin = path.join(root, 'node_modules/.bin')
  return { ...process.env, PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`, ...quiet, ...extra }
}

/** Runs a command in the repository's folder and keeps what it writes; never rejects. */
export function run(command: string, args: string[], { env, signal }: RunOptions = {}): Promise<RunResult> {
  return new Promise(resolve => {
    const child = spawn(command, args, {
      cwd: root,
      env: toolEnv(env),
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal && { signal })
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    }
    child.once('error', error => {
      resolve({ ok: false, output: `${output}${command}: ${error.message}\n` })
    })
    child.once('close', code => {
      resolve({ ok: code === 0, output })
    })
  })
}

/** Runs a command in the repository's folder that may ask the person at the terminal. @returns whether it succeeded */
export async function runInTerminal(command: string, args: string[]): Promise<boolean> {
  const child = spawn(command, args, { cwd: root, env: toolEnv(), stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code === 0
}

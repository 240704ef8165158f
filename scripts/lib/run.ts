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
  /** Combined stdout and stderr, in order. */
  output: string
}

// No telemetry, and no banners that would bury the useful output.
const quiet = {
  DO_NOT_TRACK: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_WRITE_LOGS: 'false'
}

/** The environment for the project's tools, found by name as in pnpm's scripts. */
export function toolEnv(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const bin = path.join(root, 'node_modules/.bin')
  return { ...process.env, PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`, ...quiet, ...extra }
}

/** Runs a command in the repository's root and captures its output. Never rejects. */
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

/** Runs an interactive command in the repository's root. @returns whether it succeeded */
export async function runInTerminal(command: string, args: string[]): Promise<boolean> {
  const child = spawn(command, args, { cwd: root, env: toolEnv(), stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code === 0
}

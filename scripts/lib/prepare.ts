import { run } from './run.ts'

/** A preparation step failed; `output` is what it wrote. */
class PrepareError extends Error {
  readonly output: string
  constructor(message: string, output: string) {
    super(message)
    this.output = output
  }
}

/** Installs from the lockfile; takes a fraction of a second if nothing is missing. */
export async function install(signal?: AbortSignal): Promise<void> {
  const { ok, output } = await run('pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], {
    env: { CI: 'true' },
    signal
  })
  signal?.throwIfAborted()
  if (!ok) throw new PrepareError('The packages could not be installed.', output)
}

/** Builds the web app and the Worker, unchanged parts from turbo's cache. */
export async function build(signal?: AbortSignal): Promise<void> {
  const { ok, output } = await run('turbo', ['run', 'build', '--output-logs=errors-only'], { signal })
  signal?.throwIfAborted()
  if (!ok) throw new PrepareError('The build failed.', output)
}

/** Prints why the start failed. */
export function reportFailure(error: unknown): void {
  if (error instanceof PrepareError) console.error(error.output)
  console.error(error instanceof Error ? error.message : error)
}

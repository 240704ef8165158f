/** From the stack to the process that runs the Worker; they go over IPC since they hold secrets. */
export type MessageToWorker =
  | { type: 'start'; options: WorkerRunOptions }
  /** The processes to end if the stack itself is gone. */
  | { type: 'guard'; pids: number[] }
  /** Answered with `live-set`, by the same number. */
  | { type: 'set-live'; number: number; live: LiveCount }

/** How many people are in an item of a workspace. */
export interface LiveCount {
  workspaceId: string
  itemId: string
  people: number
}

export interface WorkerRunOptions {
  /** On 127.0.0.1. */
  port: number
  configFile: string
  /** The bundle that `wrangler deploy --dry-run` made. */
  scriptFile: string
  /** Where Durable Objects and R2 keep their files. */
  persistDir: string
  bindings: Record<string, string>
}

/** From the process that runs the Worker to the stack. */
export type MessageFromWorker =
  /** workerd, which runs the Worker, has this pid. */
  | { type: 'runtime'; pid: number }
  | { type: 'ready' }
  | { type: 'failed'; reason: string }
  /** With the reason where it could not be done. */
  | { type: 'live-set'; number: number; reason?: string }

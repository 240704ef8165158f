/** From the stack to the Worker's process. Sent over IPC, since they hold secrets. */
export type MessageToWorker =
  | { type: 'start'; options: WorkerRunOptions }
  /** The processes to end if the stack dies. */
  | { type: 'guard'; pids: number[] }
  /** Answered by `live-set` with the same number. */
  | { type: 'set-live'; number: number; live: LiveCount }

/** The number of people in an item. */
export interface LiveCount {
  workspaceId: string
  itemId: string
  people: number
}

export interface WorkerRunOptions {
  /** On 127.0.0.1. */
  port: number
  configFile: string
  /** The bundle made by `wrangler deploy --dry-run`. */
  scriptFile: string
  /** The storage folder of Durable Objects and R2. */
  persistDir: string
  bindings: Record<string, string>
}

/** From the Worker's process to the stack. */
export type MessageFromWorker =
  /** The pid of workerd, which runs the Worker. */
  | { type: 'runtime'; pid: number }
  | { type: 'ready' }
  | { type: 'failed'; reason: string }
  /** `reason` says why it failed, if it did. */
  | { type: 'live-set'; number: number; reason?: string }

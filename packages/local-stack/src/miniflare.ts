import path from 'node:path'
import { convertV4MiniflareOptions, Miniflare, type V4WorkerOptions } from 'miniflare'
import { unstable_getMiniflareWorkerOptions as readWorkerOptions } from 'wrangler'
import type { LiveCount, WorkerRunOptions } from './worker-messages.ts'

/** The Worker, running. */
export interface RunningWorker {
  /** Tells a workspace's room what a meeting would. */
  setLive: (live: LiveCount) => Promise<void>
  stop: () => Promise<void>
}

/** As far as it is called from here; Miniflare's own type for it does not resolve. */
interface WorkspaceObjects {
  getByName: (workspaceId: string) => { setLive: (itemId: string, people: number) => Promise<void> }
}

/**
 * Runs the bundled Worker as wrangler.jsonc describes it, with its static files, and resolves when it runs. Not through `wrangler dev`: that puts a second workerd as a proxy in front, which costs throughput.
 */
export async function runWorker(options: WorkerRunOptions): Promise<RunningWorker> {
  const workerOptions: Record<string, unknown> = { ...readWorkerOptions(options.configFile).workerOptions }
  // These say how to bundle, which has been done.
  delete workerOptions['modulesRules']
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: options.port,
      // Otherwise Miniflare asks the network where this machine is.
      cf: false,
      logRequests: false,
      resourcePersistencePath: options.persistDir,
      workers: [
        {
          ...workerOptions,
          bindings: { ...(workerOptions['bindings'] as V4WorkerOptions['bindings']), ...options.bindings },
          modules: true,
          modulesRoot: path.dirname(options.scriptFile),
          scriptPath: options.scriptFile
        }
      ]
    })
  )
  await miniflare.ready
  return {
    setLive: async ({ workspaceId, itemId, people }) => {
      const objects: unknown = await miniflare.getDurableObjectNamespace('WORKSPACE_OBJECT')
      await (objects as WorkspaceObjects).getByName(workspaceId).setLive(itemId, people)
    },
    stop: () => miniflare.dispose()
  }
}

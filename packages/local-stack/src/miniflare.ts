import path from 'node:path'
import { convertV4MiniflareOptions, Miniflare, type V4WorkerOptions } from 'miniflare'
import { unstable_getMiniflareWorkerOptions as readWorkerOptions } from 'wrangler'
import type { LiveCount, WorkerRunOptions } from './worker-messages.ts'

export interface RunningWorker {
  /** Sets an item's live count, as a meeting would. */
  setLive: (live: LiveCount) => Promise<void>
  stop: () => Promise<void>
}

/** The calls made here. Miniflare's own type does not resolve. */
interface WorkspaceObjects {
  getByName: (workspaceId: string) => { setLive: (itemId: string, people: number) => Promise<void> }
}

/**
 * Runs the bundled Worker and its static files as configured in wrangler.jsonc; resolves when it
 * runs. `wrangler dev` would put a second workerd in front as a proxy, which costs throughput.
 */
export async function runWorker(options: WorkerRunOptions): Promise<RunningWorker> {
  const workerOptions: Record<string, unknown> = { ...readWorkerOptions(options.configFile).workerOptions }
  // Bundling rules: the Worker is bundled already.
  delete workerOptions['modulesRules']
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: options.port,
      // Otherwise Miniflare fetches this machine's location from the network.
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

import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Vitest's own number, but two at least: many of these tests wait for processes of theirs.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: ['packages/*', 'drizzle', 'workers/edge', 'apps/web', 'scripts']
  }
})

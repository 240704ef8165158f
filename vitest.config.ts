import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: ['packages/*', 'drizzle', 'workers/edge', 'apps/web', 'scripts']
  }
})

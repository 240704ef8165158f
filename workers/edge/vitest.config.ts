import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

/** Worker tests run inside workerd against a real sqld; tests of whole processes run in Node. */
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [
          cloudflareTest(({ inject }) => ({
            wrangler: { configPath: './wrangler.jsonc' },
            miniflare: {
              bindings: {
                APP_ORIGIN: 'http://localhost:8787',
                DATABASE_URL: inject('database').url,
                DATABASE_AUTH_TOKEN: inject('database').authToken,
                AUTH_SECRET: 'only for tests, only for tests, only for tests'
              }
            }
          }))
        ],
        test: {
          name: 'edge',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['test/processes/**', 'test/model/**'],
          testTimeout: 20_000,
          hookTimeout: 20_000,
          globalSetup: ['test/global-setup.ts'],
          setupFiles: ['test/query-plans.ts']
        }
      },
      {
        test: {
          name: 'model',
          include: ['test/model/**/*.test.ts'],
          testTimeout: 60_000,
          setupFiles: ['test/model/setup.ts']
        }
      },
      {
        test: {
          name: 'edge processes',
          include: ['test/processes/**/*.test.ts'],
          testTimeout: 60_000,
          // A stack starts in two seconds, on a machine that has nothing else to do.
          hookTimeout: 60_000
        }
      }
    ]
  }
})

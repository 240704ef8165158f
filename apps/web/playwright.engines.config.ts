import { defineConfig } from '@playwright/test'
import type { EngineName } from './e2e/engines/fixtures.ts'

/** `pnpm test:browsers`: the smoke run in the system's Firefox and WebKit (e2e/engines). */
export default defineConfig<object, { engine: EngineName }>({
  testDir: 'e2e/engines',
  testMatch: '*.engines.ts',
  workers: 1,
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env['CI'] !== undefined,
  outputDir: 'test-results',
  projects: [
    { name: 'firefox', use: { engine: 'firefox' } },
    { name: 'webkit', use: { engine: 'webkit' } }
  ]
})

import { chromiumOptions } from '@foyer/local-stack'
import { defineConfig } from '@playwright/test'

/** No server is configured here: each test worker starts its own stack (e2e/fixtures.ts). */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.e2e.ts',
  workers: 2,
  fullyParallel: false,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: { launchOptions: chromiumOptions() },
  forbidOnly: process.env['CI'] !== undefined,
  outputDir: 'test-results',
  // The JSON report goes to PLAYWRIGHT_JSON_OUTPUT_FILE where that is set.
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] === undefined ? 'list' : [['list'], ['json']]
})

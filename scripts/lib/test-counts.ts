import { readFileSync } from 'node:fs'

/** Numbers of passed and failed tests or checks. */
export interface Counts {
  passed: number
  failed: number
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  /** A file that fails to load is a failed suite without a failed test. */
  numFailedTestSuites: number
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number }
}

/** Counts from vitest's JSON report. */
export function readVitestCounts(file: string): Counts {
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests || report.numFailedTestSuites
  }
}

/** Counts from Playwright's JSON report. A test that passed only on retry has failed. */
export function readPlaywrightCounts(file: string): Counts {
  const { stats } = JSON.parse(readFileSync(file, 'utf8')) as PlaywrightReport
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky }
}

import { chromiumOptions } from '@foyer/local-stack'
import { chromium, type BrowserContext, type CDPSession, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { whileRunning, type Running } from '../running.ts'
import { installProbe } from './probe.ts'

/** Targets are for a CPU four times slower than this machine's. */
export const CPU_SLOWDOWN = 4

/** A browser with a temporary profile. */
export interface Profile extends Running {
  context: BrowserContext
  /** Opens a tab. `slow`: with the CPU slowed down, as for the figures. */
  newPage: (options?: { slow: boolean }) => Promise<Page>
}

/** @param args additional arguments for Chromium */
export const withProfile = async <T>(
  run: (profile: Profile) => Promise<T>,
  args: string[] = []
): Promise<T> => whileRunning(await startProfile(args), run)

const startProfile = async (args: string[]): Promise<Profile> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'foyer-bench-profile-'))
  const options = chromiumOptions()
  const context = await chromium.launchPersistentContext(folder, {
    ...options,
    args: [...options.args, ...args],
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    // This process closes it.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false
  })
  await context.addInitScript(installProbe)
  return {
    context,
    async newPage({ slow } = { slow: false }) {
      const page = await context.newPage()
      // Ten thousand rooms on a slow CPU take a while.
      page.setDefaultTimeout(120_000)
      if (slow) await slowDown(page)
      return page
    },
    async stop() {
      await context.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    }
  }
}

export const devtools = (page: Page): Promise<CDPSession> => page.context().newCDPSession(page)

const slowDown = async (page: Page): Promise<void> => {
  await (await devtools(page)).send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
}

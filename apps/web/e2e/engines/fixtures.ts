import { startStack, type Stack } from '@foyer/local-stack'
import { test as base } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Profile, ProfileOptions } from './engine.ts'
import { startFirefox } from './firefox.ts'
import { Person } from './person.ts'
import { startWebKit } from './webkit.ts'

export type EngineName = 'firefox' | 'webkit'

const ENGINES = { firefox: startFirefox, webkit: startWebKit }

interface Fixtures {
  /** Another profile each time, closed at the end of the test. */
  newProfile: (options?: ProfileOptions) => Promise<Profile>
  newPerson: (profile: Profile) => Promise<Person>
}

export const test = base.extend<Fixtures, { engine: EngineName; stack: Stack }>({
  engine: ['firefox', { option: true, scope: 'worker' }],

  stack: [
    // Playwright reads the fixtures' names off the pattern.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const dataDir = await mkdtemp(path.join(tmpdir(), 'foyer-stack-'))
      const stack = await startStack({ dataDir })
      await use(stack)
      await stack.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 60_000 }
  ],

  newProfile: async ({ engine, stack }, use, testInfo) => {
    const profiles: Profile[] = []
    await use(async options => {
      const profile = await ENGINES[engine](stack.url, options)
      profiles.push(profile)
      testInfo.annotations.push({ type: 'browser', description: profile.version })
      return profile
    })
    for (const profile of profiles) await profile.close()
  },

  // eslint-disable-next-line no-empty-pattern
  newPerson: async ({}, use) => {
    await use(async profile => new Person(await profile.newTab()))
  }
})

export { expect } from '@playwright/test'

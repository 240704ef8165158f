import { startStack, type Stack } from '@foyer/local-stack'
import { test as base } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Device } from './device.ts'

interface TestFixtures {
  /** A browser profile of its own, as if it were another machine. */
  newDevice: () => Promise<Device>
  /** An email address that no other test uses. */
  email: string
}

const temporaryFolder = (name: string) => mkdtemp(path.join(tmpdir(), `foyer-${name}-`))

export const test = base.extend<TestFixtures, { stack: Stack }>({
  stack: [
    // Playwright reads the fixtures' names off the pattern.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const dataDir = await temporaryFolder('stack')
      const stack = await startStack({ dataDir })
      await use(stack)
      await stack.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 60_000 }
  ],

  newDevice: async ({ stack }, use) => {
    const devices: Device[] = []
    await use(async () => {
      const device = await Device.start(stack.url, await temporaryFolder('profile'))
      devices.push(device)
      return device
    })
    for (const device of devices) await device.remove()
  },

  // eslint-disable-next-line no-empty-pattern
  email: async ({}, use, { testId }) => {
    await use(`host-${testId}@example.com`)
  }
})

export { expect } from '@playwright/test'

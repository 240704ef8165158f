import { startStack, type Stack } from '@foyer/local-stack'
import { expect, test as base } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Device } from './device.ts'

interface TestFixtures {
  newDevice: () => Promise<Device>
  /** For what outlives the browser: it can be closed and opened again. */
  newDeviceOnDisk: () => Promise<Device>
  /** An email address that no other test uses. */
  email: string
  /** A device with an account of its own and these rooms, synced. */
  newHost: (...rooms: string[]) => Promise<Device>
  /** Two devices of one person, which both show these rooms and open without a network. */
  twoDevices: (...rooms: string[]) => Promise<{ laptop: Device; tablet: Device }>
}

const temporaryFolder = (name: string) => mkdtemp(path.join(tmpdir(), `foyer-${name}-`))

const useDevices = async (
  use: (start: () => Promise<Device>) => Promise<void>,
  start: () => Promise<Device>
) => {
  const devices: Device[] = []
  await use(async () => {
    const device = await start()
    devices.push(device)
    return device
  })
  for (const device of devices) await device.remove()
}

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

  newDevice: async ({ browser, stack }, use) => {
    await useDevices(use, () => Device.startIn(browser, stack.url))
  },

  newDeviceOnDisk: async ({ stack }, use) => {
    await useDevices(use, async () => Device.start(stack.url, await temporaryFolder('profile')))
  },

  // eslint-disable-next-line no-empty-pattern
  email: async ({}, use, { testId }) => {
    await use(`host-${testId}@example.com`)
  },

  newHost: async ({ newDevice, email }, use) => {
    await use(async (...rooms) => {
      const device = await newDevice()
      await device.signUp(email)
      for (const room of rooms) await device.home.createRoom(room)
      await device.home.expectSynced()
      return device
    })
  },

  twoDevices: async ({ newDevice, newHost, email }, use) => {
    await use(async (...rooms) => {
      const [laptop, tablet] = [await newHost(...rooms), await newDevice()]
      await tablet.signIn(email)
      for (const room of rooms) await expect(tablet.home.tile(room)).toBeVisible()
      await Promise.all([laptop.whenInstalled(), tablet.whenInstalled()])
      return { laptop, tablet }
    })
  }
})

export { expect }

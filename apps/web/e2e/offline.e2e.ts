import { gzipSync } from 'node:zlib'
import { expect, test } from './fixtures.ts'

const FIRST_LOAD_BYTES = 100_000

test('every page opens offline the second time', async ({ newDeviceOnDisk, stack }) => {
  const device = await newDeviceOnDisk()
  await device.home.goto()
  await device.home.createRoom('Clients')
  await device.whenInstalled()
  await device.close()
  await stack.killWorker()
  try {
    await device.open()
    await device.home.goto()
    await expect(device.home.tile('Clients')).toBeVisible()
    const link = await device.home.copyParticipantLink('Clients')
    await device.home.join('Clients')
    await device.page.goto(link)
    await expect(device.page.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible()
    await device.page.goto('/history')
    await expect(device.page.getByRole('region', { name: 'Today' })).toContainText('Clients')
    await device.page.goto('/sign-in')
    await expect(device.page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  } finally {
    await stack.startWorker()
  }
})

test('a device that cannot store reports that and keeps working', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('no room', 'QuotaExceededError')
    }
  })
  await home.goto()
  await expect(home.sync).toHaveText('Not saved on this device')
  await expect(page.getByRole('alert')).toContainText('Changes are not saved on this device')
  await home.createRoom('Clients')
})

test('the app opens in a browser that refuses all storage', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    }
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { get: refuse })
    IDBFactory.prototype.open = refuse
    window.BroadcastChannel = function () {
      refuse()
    } as unknown as typeof BroadcastChannel
    LockManager.prototype.request = () => Promise.reject(new DOMException('refused', 'SecurityError'))
    navigator.serviceWorker.register = () => Promise.reject(new DOMException('refused', 'SecurityError'))
  })
  await home.goto()
  await expect(page.getByRole('alert')).toContainText('Changes are not saved on this device')
  await home.createRoom('Clients')
})

test('the first load of Home stays within its budget', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await expect(home.rooms).toBeVisible()
  // All that Home needs is named by the page itself; what it asks for later keeps nobody waiting.
  const html = await (await page.request.get('/')).text()
  const scripts = Array.from(html.matchAll(/<link[^>]* rel="modulepreload"[^>]*>/g), ([link]) => {
    return /href="([^"]+)"/.exec(link)?.[1] ?? ''
  })
  const sizes = scripts.map(async url => gzipSync(await (await page.request.get(url)).body()).length)
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  console.log(
    `JavaScript of Home's first load: ${String(bytes)} bytes gzip in ${String(scripts.length)} files`
  )
  expect(bytes).toBeGreaterThan(0.5 * FIRST_LOAD_BYTES) // or it was not weighed
  expect(bytes).toBeLessThanOrEqual(FIRST_LOAD_BYTES)
})

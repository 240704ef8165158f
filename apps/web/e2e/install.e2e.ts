import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from './fixtures.ts'

interface Picture {
  src: string
  sizes: string
  type: string
}
interface Manifest {
  id: string
  name: string
  start_url: string
  display_override: string[]
  launch_handler: { client_mode: string[] }
  icons: (Picture & { purpose?: string })[]
  shortcuts: { name: string; url: string; icons: Picture[] }[]
  screenshots: (Picture & { form_factor: string; label: string })[]
}

const STATIC = path.resolve(import.meta.dirname, '../static')

test('the manifest is complete and its images match their declarations', async ({ newDevice, stack }) => {
  const { home, page } = await newDevice()
  await home.goto()
  const response = await fetch(`${stack.url}/manifest.webmanifest`)
  const manifest = (await response.json()) as Manifest
  expect(manifest).toMatchObject({ id: '/', name: 'Foyer', start_url: '/', lang: 'en', dir: 'ltr' })
  expect(manifest.icons.some(({ purpose }) => purpose === 'maskable')).toBe(true)
  expect(manifest.shortcuts.map(({ name, url }) => [name, url])).toEqual([
    ['New room', '/?new=room'],
    ['New webinar', '/?new=webinar']
  ])
  expect(manifest.screenshots.map(({ form_factor }) => form_factor)).toEqual(['wide', 'narrow'])
  for (const { label } of manifest.screenshots) expect(label).not.toBe('')
  const pictures = [
    ...manifest.icons,
    ...manifest.screenshots,
    ...manifest.shortcuts.flatMap(({ icons }) => icons)
  ]
  for (const { src, sizes, type } of pictures) {
    const picture = await fetch(stack.url + src)
    expect(picture.headers.get('content-type'), src).toContain(type)
    if (sizes === 'any') continue
    const size = await page.evaluate(async address => {
      const { width, height } = await createImageBitmap(await (await fetch(address)).blob())
      return `${String(width)}x${String(height)}`
    }, src)
    expect(size, src).toBe(sizes)
  }
  for (const { src } of manifest.screenshots) {
    expect((await readFile(path.join(STATIC, src))).byteLength, src).toBeLessThan(150_000)
  }
})

test('the app icon’s shortcuts open their dialog, once', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await home.goto()
  await device.whenInstalled()
  await device.setOffline(true)
  for (const [kind, title] of [
    ['room', 'New room'],
    ['webinar', 'New webinar']
  ] as const) {
    await page.goto(`/?new=${kind}`)
    await expect(page.getByRole('dialog', { name: title }).getByLabel('Name')).toBeFocused()
    await expect.poll(() => new URL(page.url()).search).toBe('')
    await page.reload()
    await expect(home.heading).toBeVisible()
    await expect(home.dialog).toBeHidden()
  }
})

test('the app can be installed from settings when the browser offers it', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await page.addInitScript(() => {
    // The browser's own offer cannot be answered without a person.
    addEventListener('beforeinstallprompt', event => {
      if (event.isTrusted) event.stopImmediatePropagation()
    })
  })
  await home.goto()
  await page.goto('/settings')
  const app = page.getByRole('region', { name: 'This app' })
  await expect(app).toContainText('To install')
  await page.evaluate(() => {
    const offer = new Event('beforeinstallprompt', { cancelable: true })
    Object.assign(offer, {
      prompt: () => {
        document.title = 'asked'
        dispatchEvent(new Event('appinstalled'))
        return Promise.resolve({ outcome: 'accepted' })
      }
    })
    dispatchEvent(offer)
  })
  await app.getByRole('button', { name: 'Install Foyer' }).click()
  await expect(page).toHaveTitle('asked')
  await expect(app).toContainText('Foyer is installed on this device.')
})

test('checking for updates shows the result', async ({ newDevice, stack }) => {
  const device = await newDevice()
  const { home, page } = device
  await home.goto()
  await device.whenInstalled()
  await page.goto('/settings')
  const app = page.getByRole('region', { name: 'This app' })
  await app.getByRole('button', { name: 'Check for updates' }).click()
  await expect(app.getByRole('status')).toHaveText('You have the latest version.')
  await stack.killWorker()
  try {
    await app.getByRole('button', { name: 'Check for updates' }).click()
    await expect(app.getByRole('status')).toContainText('Can’t reach the server.')
  } finally {
    await stack.startWorker()
  }
})

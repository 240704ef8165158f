import { expect, test } from './fixtures.ts'

const FILES = ['/icon.svg', '/icon.svg?v=2', '/manifest.webmanifest', '/icon-192.png']

test('files open as files, online and offline, and missing files are not pages', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await home.goto()
  await device.whenInstalled()
  for (const offline of [false, true]) {
    await device.setOffline(offline)
    for (const file of FILES) {
      const response = await page.evaluate(async path => {
        // A navigation in a frame, whose request can be observed from here.
        const answer = await fetch(path)
        return [answer.status, answer.headers.get('content-type')]
      }, file)
      expect(response, file).toEqual([200, expect.not.stringContaining('html')])
      const opened = await page.goto(file).catch(() => null) // a manifest is downloaded
      if (opened !== null) expect(opened.headers()['content-type'], file).not.toContain('html')
      await home.goto()
    }
  }
  await device.setOffline(false)
  for (const missing of ['/robots.txt', '/missing.png', '/api/nothing', '/_app/immutable/chunks/gone.js']) {
    const opened = await page.goto(missing)
    expect([missing, opened?.status()]).toEqual([missing, 404])
    expect(opened?.headers()['cache-control']).toBe('no-store')
  }
  await page.goto('/r/not-yet.png')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

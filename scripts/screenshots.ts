/**
 * `pnpm screenshots [--only home,new-room] [--keep]`: takes every view of the app
 * (apps/web/e2e/views) on a phone, a tablet and a wide screen, light, dark and in Arabic, into
 * test-results/screenshots. --keep also updates the pictures of the README and the manifest.
 */
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { Device } from '../apps/web/e2e/device.ts'
import { views } from '../apps/web/e2e/views/all.ts'
import { owners, prepare } from '../apps/web/e2e/views/owners.ts'
import { openTranslated } from '../apps/web/e2e/views/translated.ts'
import { openView, type View } from '../apps/web/e2e/views/view.ts'
import { startStack } from '../packages/local-stack/src/index.ts'
import { build, reportFailure } from './lib/prepare.ts'
import { root } from './lib/root.ts'
import { createStopSignal } from './lib/stop-signal.ts'
import { toWebp } from './lib/to-webp.ts'

const FOLDER = path.join(root, 'test-results/screenshots')
const SIZES = [
  { width: 390, height: 844 },
  { width: 768, height: 1_024 },
  { width: 1_440, height: 900 }
]
const KEPT = [
  { file: 'docs/images/home.png', size: { width: 1_440, height: 900 } },
  { file: 'apps/web/static/screenshot-wide.webp', size: { width: 1_280, height: 800 } },
  { file: 'apps/web/static/screenshot-narrow.webp', size: { width: 390, height: 844 } }
]

const { values } = parseArgs({
  options: { only: { type: 'string' }, keep: { type: 'boolean', default: false } }
})
const only = values.only?.split(',')
const signal = createStopSignal()

/** Takes a view in each size: in English light and dark, in Arabic light. */
const takeView = async (device: Device, view: View): Promise<void> => {
  const { page } = device
  for (const size of SIZES) {
    const take = (variant: string) =>
      page.screenshot({ path: path.join(FOLDER, `${view.name}-${size.width}-${variant}.png`) })
    await page.setViewportSize(size)
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await openView(page, view)
    await take('light')
    await page.emulateMedia({ colorScheme: 'dark' })
    await take('dark')
    await page.emulateMedia({ colorScheme: 'light' })
    await openTranslated(device, view, 'ar')
    await take('ar')
  }
}

/** Reports a view that fails, and continues with the others. */
const takeAll = async (device: Device, chosen: View[]): Promise<void> => {
  for (const view of chosen) {
    if (signal.aborted) return
    try {
      await takeView(device, view)
      console.log(view.name)
    } catch (error) {
      console.error(view.name, error instanceof Error ? error.message : error)
      process.exitCode = 1
    }
  }
}

const takeKept = async ({ page, home }: Device): Promise<void> => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  for (const { file, size } of KEPT) {
    await page.setViewportSize(size)
    await home.goto()
    await home.expectSynced()
    await home.tile('Daily stand-up').getByText('Live').first().waitFor()
    const png = await page.screenshot()
    await writeFile(path.join(root, file), file.endsWith('.webp') ? await toWebp(page, png) : png)
    console.log(file)
  }
}

const run = async (): Promise<void> => {
  await build(signal)
  await mkdir(FOLDER, { recursive: true })
  const dataDir = await mkdtemp(path.join(tmpdir(), 'foyer-screenshots-'))
  const stack = await startStack({ dataDir: path.join(dataDir, 'stack'), signal })
  try {
    for (const owner of owners) {
      const chosen = views.filter(({ on, name }) => on === owner && (only?.includes(name) ?? true))
      const isKept = values.keep && owner === 'host'
      if (chosen.length === 0 && !isKept) continue
      const device = await Device.start(stack.url, path.join(dataDir, owner))
      try {
        await prepare(owner, device, 'ada@example.com')
        if (isKept) await takeKept(device)
        else if (!values.keep) await takeAll(device, chosen)
      } finally {
        await device.remove()
      }
    }
  } finally {
    await stack.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

try {
  await run()
  process.exit()
} catch (error) {
  if (signal.aborted) process.exit(130)
  reportFailure(error)
  process.exit(1)
}

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { smallTargets } from './touch-targets.ts'
import { furnish, openView, views } from './views.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const PHONE = { width: 390, height: 844 }

/** What axe finds, short enough to be read in a report. */
const violations = async (page: Page): Promise<string[]> => {
  const found = await new AxeBuilder({ page }).withTags(RULES).analyze()
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html}\n${failureSummary}`)
  )
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

for (const on of ['new', 'host'] as const) {
  test(`what a ${on} device shows can be used by everybody: axe, touch, a narrow screen`, async ({
    newDevice,
    email
  }) => {
    test.setTimeout(300_000)
    const device = await newDevice()
    const { page } = device
    await page.emulateMedia({ reducedMotion: 'reduce' })
    if (on === 'host') {
      await device.signUp(email)
      await furnish(device)
    }
    const wide = page.viewportSize() ?? PHONE
    for (const view of views.filter(each => each.on === on)) {
      await test.step(view.name, async () => {
        const report = (found: unknown, what: string) => expect.soft(found, `${view.name}: ${what}`)
        await page.setViewportSize(wide)
        await page.emulateMedia({ colorScheme: 'light' })
        await openView(page, view)
        report(await violations(page), 'axe, light, wide').toEqual([])
        await page.emulateMedia({ colorScheme: 'dark' })
        report(await violations(page), 'axe, dark, wide').toEqual([])
        // Opened anew: a menu closes when the page changes its size.
        await page.setViewportSize(PHONE)
        await openView(page, view)
        report(await violations(page), 'axe, dark, narrow').toEqual([])
        report(await smallTargets(page), 'targets under 44 pixels').toEqual([])
        report(await overflow(page), 'pixels that stick out sideways').toBe(0)
      })
    }
  })
}

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { smallTargets } from './touch-targets.ts'
import { views } from './views/all.ts'
import { owners, prepare } from './views/owners.ts'
import { openView } from './views/view.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const OVER = 'dialog[open], [popover]:popover-open'
const PHONE = { width: 390, height: 844 }

/** What axe finds, short enough to be read in a report. */
const violations = async (page: Page): Promise<string[]> => {
  // Legacy mode ignores frames, which no page has; the other mode opens a page for each scan.
  const builder = new AxeBuilder({ page }).setLegacyMode().withTags(RULES)
  // What a dialog or a menu lies over has been looked at without it.
  if ((await page.locator(OVER).count()) > 0) builder.include(OVER)
  const found = await builder.analyze()
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html}\n${failureSummary}`)
  )
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** How far a dialog itself could be moved under its frame: what is long in it scrolls by itself. */
const hiddenOverflow = (page: Page): Promise<number[]> =>
  page
    .locator('dialog[open]')
    .evaluateAll(dialogs => dialogs.map(dialog => dialog.scrollHeight - dialog.clientHeight))

/** The host has most of them: in two halves, so that two workers share them. */
const SHARES = owners.flatMap(owner => {
  const theirs = views.filter(({ on }) => on === owner)
  const half = theirs.length > 20 ? Math.ceil(theirs.length / 2) : theirs.length
  return [theirs.slice(0, half), theirs.slice(half)]
    .filter(share => share.length > 0)
    .map((share, index) => ({ owner, share, part: index + 1 }))
})

test.describe.configure({ mode: 'parallel' })

for (const { owner, share, part } of SHARES) {
  test(`everybody can use what a ${owner} device shows, part ${part}: axe, touch, a narrow screen`, async ({
    newDevice,
    email
  }) => {
    test.setTimeout(300_000)
    const device = await newDevice()
    const { page } = device
    await prepare(owner, device, email)
    const wide = page.viewportSize() ?? PHONE
    for (const view of share) {
      await test.step(view.name, async () => {
        const report = (found: unknown, what: string) => expect.soft(found, `${view.name}: ${what}`)
        await page.setViewportSize(wide)
        await page.emulateMedia({ colorScheme: 'light' })
        await openView(page, view)
        report(await violations(page), 'axe, light, wide').toEqual([])
        // Opened anew: a menu closes when the page changes its size.
        await page.setViewportSize(PHONE)
        await page.emulateMedia({ colorScheme: 'dark' })
        await openView(page, view)
        report(await violations(page), 'axe, dark, narrow').toEqual([])
        report(await smallTargets(page), 'targets under 44 pixels').toEqual([])
        report(Math.max(0, ...(await hiddenOverflow(page))), 'a dialog moved under its frame').toBe(0)
        report(await overflow(page), 'pixels that stick out sideways').toBe(0)
      })
    }
  })
}

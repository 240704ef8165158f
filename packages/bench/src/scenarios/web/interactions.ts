import type { Locator, Page } from '@playwright/test'
import { count, median, milliseconds, type Figure, type Scenario } from '../../figure.ts'
import { openHome, withHome } from '../../web/home-on-device.ts'

const ROOMS = 10_000
const ROOMS_QUICK = 1_000
const TIMES = 5
/** Targets for the median, and for the worst, which people remember. */
const TARGET_MS = { median: 50, worst: 100 }

/** From an input to the next paint. */
export const interactions: Scenario = ({ quick }) => {
  const rooms = quick ? ROOMS_QUICK : ROOMS
  return withHome(rooms, async home => {
    const page = await openHome(home)
    const tile = page.getByRole('region', { name: 'Rooms' }).getByRole('article').first()
    const menuButton = tile.getByRole('button', { name: /^Settings for/ })
    const settings = page.getByRole('menuitem', { name: 'Rename and privacy' })
    const dialog = page.getByRole('dialog', { name: 'Rename and privacy' })
    await settle(page)

    const menu: number[] = []
    const open: number[] = []
    const save: number[] = []
    for (let i = 0; i < TIMES; i++) {
      menu.push(await worstPaint(page, () => press(menuButton)))
      await settings.waitFor()
      open.push(await worstPaint(page, () => press(settings)))
      await dialog.getByLabel('Name').fill(`Renamed ${i}`)
      save.push(await worstPaint(page, () => press(dialog.getByRole('button', { name: 'Save' }))))
      await dialog.waitFor({ state: 'hidden' })
      await settle(page)
    }
    const figures = [
      figure(`${count(rooms)} rooms: opening a tile’s menu → next paint`, menu),
      figure(`${count(rooms)} rooms: opening “Rename and privacy” → next paint`, open),
      figure(`${count(rooms)} rooms: saving a new name → next paint`, save)
    ]
    return [...figures, ...(await measureSearch(page, rooms))]
  })
}

const measureSearch = async (page: Page, rooms: number): Promise<Figure[]> => {
  const search = page.getByRole('searchbox', { name: 'Search rooms and webinars' })
  await search.click()
  const shown: number[] = []
  const paint: number[] = []
  for (let i = 0; i < TIMES; i++) {
    const query = String(1_234 + i).slice(0, rooms > 1_000 ? 4 : 3)
    for (const key of query.slice(0, -1)) {
      paint.push(await worstPaint(page, () => page.keyboard.press(key)))
      await settle(page)
    }
    const whenShown = page.evaluate(name => window.benchProbe.watchFirstTile(name), query)
    paint.push(await worstPaint(page, () => page.keyboard.press(query.slice(-1))))
    shown.push(await whenShown)
    await search.fill('')
    await settle(page)
  }
  return [
    figure(`${count(rooms)} rooms: typing in search → next paint`, paint),
    figure(`${count(rooms)} rooms: typing in search → list shown`, shown)
  ]
}

/** Skips Playwright's actionability checks, which would keep the page busy during the click. */
const press = (target: Locator): Promise<void> => target.click({ force: true, noWaitAfter: true })

/** The longest time to paint among the input's events, ms. */
const worstPaint = async (page: Page, input: () => Promise<void>): Promise<number> => {
  await page.evaluate(() => {
    window.benchProbe.paints = []
  })
  await input()
  await settle(page)
  return page.evaluate(() => Math.max(...window.benchProbe.paints.map(({ ms }) => ms)))
}

/** Waits until the page is idle. */
const settle = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let i = 0; i < 3; i++) await new Promise(resolve => requestIdleCallback(resolve))
  })

const figure = (what: string, values: number[]): Figure => {
  const [middle, worst] = [median(values), Math.max(...values)]
  return {
    what,
    measured: `${milliseconds(middle)} (the first ${milliseconds(values[0] ?? NaN)}, worst ${milliseconds(worst)})`,
    target: `≤ ${milliseconds(TARGET_MS.median)}, worst ≤ ${milliseconds(TARGET_MS.worst)}`,
    passed: middle <= TARGET_MS.median && worst <= TARGET_MS.worst
  }
}

import { count, median, milliseconds, progress, type Figure, type Scenario } from '../../figure.ts'
import { withBareServer } from '../../web/bare-server.ts'
import { openHome, withHome, whenSynced, wholeDocument, type HomeOnDevice } from '../../web/home-on-device.ts'

const ROOMS = [10, 1_000, 10_000]
const OPENS = 5
/** Target when offline, with this many rooms. */
const TARGET = { rooms: 1_000, ms: 400, timesBare: 1.5 }

/** From navigation to the first tile, with app and workspace stored on the device. */
export const firstTile: Scenario = async ({ quick }) => {
  const figures: Figure[] = []
  for (const rooms of quick ? ROOMS.slice(0, 2) : ROOMS) {
    figures.push(...(await withHome(rooms, home => measure(home, rooms, quick ? 3 : OPENS))))
  }
  return figures
}

const measure = async (home: HomeOnDevice, rooms: number, opens: number): Promise<Figure[]> => {
  const open = async (slow = true): Promise<number> => {
    const page = await openHome(home, slow)
    const at = await page.evaluate(() => window.benchProbe.firstTileAt ?? Number.NaN)
    // Unfinished work would slow down the next open.
    if (await page.evaluate(() => navigator.onLine)) await whenSynced(page)
    await page.close()
    return at
  }
  const { context } = home.profile
  const bare = await measureBare(home, opens)
  await open() // finishes the writes of the first open
  const online = await repeat(opens, () => open())
  await context.setOffline(true)
  const offline = await repeat(opens, () => open())
  const unslowed = await repeat(opens, () => open(false))
  await context.setOffline(false)
  const timings = [`${milliseconds(online)} online`, `${milliseconds(offline)} offline`]
  progress(`  ${rooms} rooms: ${timings.join(', ')} (${milliseconds(unslowed)} with the CPU as it is)`)

  const isTarget = rooms === TARGET.rooms
  const times = offline / bare.pageMs
  const what = `second open, ${count(rooms)} rooms: first tile`
  return [
    {
      what: `${what}, offline`,
      measured: milliseconds(offline),
      target: isTarget ? `≤ ${milliseconds(TARGET.ms)}` : '',
      passed: isTarget ? offline <= TARGET.ms : null
    },
    {
      what: '  with the CPU as it is',
      measured: milliseconds(unslowed),
      target: isTarget ? `≤ ${milliseconds(TARGET.ms)}` : '',
      passed: isTarget ? unslowed <= TARGET.ms : null
    },
    {
      what: '  beside a bare page with y-indexeddb and the same document',
      measured: `${times.toFixed(2)} × ${milliseconds(bare.pageMs)} (load alone ${milliseconds(bare.loadMs)})`,
      target: isTarget ? `≤ ${TARGET.timesBare} ×` : '',
      passed: isTarget ? times <= TARGET.timesBare : null
    },
    { what: `${what}, online`, measured: milliseconds(online), target: '', passed: null }
  ]
}

/** @returns ms from navigation until the document is loaded, and y-indexeddb's part of it */
const measureBare = (home: HomeOnDevice, opens: number): Promise<{ pageMs: number; loadMs: number }> =>
  withBareServer(async ({ url }) => {
    const filling = await home.profile.newPage()
    await filling.goto(url)
    await filling.waitForFunction(() => 'bare' in window)
    await filling.evaluate(
      base64 => window.bare.fill(base64),
      Buffer.from(wholeDocument(home)).toString('base64')
    )
    await filling.close()
    const opened: { loadedAt: number; loadMs: number }[] = []
    for (let i = 0; i <= opens; i++) {
      const page = await home.profile.newPage({ slow: true })
      await page.goto(url)
      await page.waitForFunction(() => 'bare' in window)
      const { items, ...times } = await page.evaluate(() => window.bare)
      if (items === 0) throw new Error('the bare page has no document')
      if (i > 0) opened.push(times) // skip the first: nothing is compiled yet
      await page.close()
    }
    return {
      pageMs: median(opened.map(({ loadedAt }) => loadedAt)),
      loadMs: median(opened.map(({ loadMs }) => loadMs))
    }
  })

const repeat = async (times: number, measureOnce: () => Promise<number>): Promise<number> => {
  const values: number[] = []
  for (let i = 0; i < times; i++) values.push(await measureOnce())
  return median(values)
}

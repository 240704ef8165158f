import { count, milliseconds, percentile, type Scenario } from '../../figure.ts'
import { devtools } from '../../web/browser.ts'
import { openHome, withHome } from '../../web/home-on-device.ts'

const ROOMS = 10_000
const ROOMS_QUICK = 1_000
/** The wheel speed of a person looking for something. */
const PIXELS_PER_SECOND = 3_000
const SECONDS = 6
const FRAME_MS = 1_000 / 60
const TARGET = 55

/** How smoothly the page scrolls with the wheel. */
export const scrolling: Scenario = ({ quick }) => {
  const rooms = quick ? ROOMS_QUICK : ROOMS
  return withHome(rooms, async home => {
    const page = await openHome(home)
    const session = await devtools(page)
    await page.evaluate(() => new Promise(resolve => requestIdleCallback(resolve)))
    const stopWatching = await page.evaluateHandle(() => window.benchProbe.watchFrames())
    await session.send('Input.synthesizeScrollGesture', {
      x: 700,
      y: 500,
      yDistance: -PIXELS_PER_SECOND * SECONDS,
      speed: PIXELS_PER_SECOND,
      gestureSourceType: 'mouse'
    })
    const frames = await stopWatching.evaluate(stop => stop())
    const moved = await page.evaluate(() => scrollY)
    if (moved < PIXELS_PER_SECOND) throw new Error(`Home was scrolled by ${Math.round(moved)} pixels alone`)
    const ms = frames.reduce((sum, frame) => sum + frame, 0)
    const perSecond = (frames.length / ms) * 1_000
    const dropped = frames.reduce((sum, frame) => sum + Math.max(0, Math.round(frame / FRAME_MS) - 1), 0)
    return [
      {
        what: `scrolling through ${count(rooms)} rooms`,
        measured: `${perSecond.toFixed(1)} frames/s`,
        target: `≥ ${TARGET} frames/s`,
        passed: perSecond >= TARGET
      },
      {
        what: '  frames dropped; the longest, and that of one in a hundred',
        measured: `${dropped} of ${frames.length + dropped}; ${milliseconds(Math.max(...frames))}, ${milliseconds(percentile(frames, 0.99))}`,
        target: '',
        passed: null
      }
    ]
  })
}

/** Measurements in a page under test. Times are ms since the start of navigation. */
export interface Probe {
  /** When the first tile was painted. */
  firstTileAt: number | null
  /** From an input to the next paint, ms, by event type and in order. */
  paints: { type: string; ms: number }[]
  /** Resolves with the time from the last input until the first tile with that name is painted. */
  watchFirstTile: (name: string) => Promise<number>
  /** Records frame intervals, ms, until the returned function is called. */
  watchFrames: () => () => number[]
}

declare global {
  interface Window {
    benchProbe: Probe
  }
}

/** Runs in the page before its scripts, so it must not use anything outside this function. */
export const installProbe = (): void => {
  /** A task queued in the next animation frame runs once that frame is painted. */
  const afterPaint = (then: () => void) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = then
      port2.postMessage(null)
    })
  }
  let lastInputAt = 0
  const probe: Probe = {
    firstTileAt: null,
    paints: [],
    watchFirstTile: name =>
      new Promise(resolve => {
        const look = () => {
          if (document.querySelector('article')?.textContent.includes(name) !== true) {
            requestAnimationFrame(look)
            return
          }
          afterPaint(() => {
            resolve(performance.now() - lastInputAt)
          })
        }
        look()
      }),
    watchFrames() {
      const frames: number[] = []
      let last = performance.now()
      let handle = requestAnimationFrame(function frame(now) {
        frames.push(now - last)
        last = now
        handle = requestAnimationFrame(frame)
      })
      return () => {
        cancelAnimationFrame(handle)
        return frames
      }
    }
  }
  window.benchProbe = probe

  const tiles = new MutationObserver(() => {
    if (document.querySelector('article') === null) return
    tiles.disconnect()
    afterPaint(() => {
      probe.firstTileAt = performance.now()
    })
  })
  tiles.observe(document, { childList: true, subtree: true })

  for (const type of ['pointerdown', 'click', 'keydown', 'input']) {
    const onInput = ({ timeStamp }: Event) => {
      lastInputAt = timeStamp
      afterPaint(() => probe.paints.push({ type, ms: performance.now() - timeStamp }))
    }
    addEventListener(type, onInput, { capture: true })
  }
}

/** What a page under test tells of itself; times are ms since its navigation began. */
export interface Probe {
  /** The first tile was painted. */
  firstTileAt: number | null
  /** From an input to the next paint, ms: by kind of event, in the order they came. */
  paints: { type: string; ms: number }[]
  /** Since the last input: from it to the paint that shows a first tile of that name. */
  watchFirstTile: (name: string) => Promise<number>
  /** How far apart the frames were, ms, from here until the function that it returns is called. */
  watchFrames: () => () => number[]
}

declare global {
  interface Window {
    benchProbe: Probe
  }
}

/** Runs in the page before anything of its own; may not use what is outside of it. */
export const installProbe = (): void => {
  /** The frame that is being made now is on the screen when a task after it runs. */
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

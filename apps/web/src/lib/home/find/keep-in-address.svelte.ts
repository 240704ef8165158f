import { afterNavigate, beforeNavigate } from '$app/navigation'
import type { Finding } from './finding.svelte.ts'
import { readSearchAddress, writeSearchAddress } from './search-address.ts'

/** Browsers refuse an address that changes with every key. */
const PAUSE_MS = 300

/**
 * Keeps what is looked for in the page's address (`?q=`), so that it is still there when a person comes back.
 * To be called while a component is made.
 */
export const keepInAddress = (finding: Finding) => {
  finding.text = readSearchAddress()
  // Home chosen in the navigation: everything is shown again.
  afterNavigate(({ type }) => {
    if (type !== 'enter') finding.text = readSearchAddress()
  })
  // Not on the way back: the address is another page's by then.
  beforeNavigate(({ type, willUnload }) => {
    if (type !== 'popstate' && !willUnload) writeSearchAddress(finding.text)
  })
  $effect(() => {
    const { text } = finding
    const timer = setTimeout(() => {
      writeSearchAddress(text)
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
    }
  })
}

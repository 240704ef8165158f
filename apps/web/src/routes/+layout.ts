import { applyLanguage } from '#lib/language/language.ts'
import { Foyer } from '#lib/state/foyer.svelte.ts'
import type { LayoutLoad } from './$types.js'

// The app lives on the device: the server sends the same empty page for every address.
export const ssr = false

applyLanguage()

/** Makes the app's state, and begins to read this device's copy before the page itself is made. */
export const load: LayoutLoad = ({ route, untrack }) => {
  const foyer = new Foyer()
  // Not tracked: another page is no reason to begin anew.
  void foyer.open({ make: untrack(() => route.id !== '/(plain)/r/[slug]') })
  return { foyer }
}

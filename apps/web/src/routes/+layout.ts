import { createApp } from '#lib/app/create-app.ts'
import { homeView } from '#lib/home/order/home-order.svelte.ts'
import { applyLanguage } from '#lib/settings/language/language.ts'
import type { LayoutLoad } from './$types.js'

// The app lives on the device: the server sends the same empty page for every address.
export const ssr = false

applyLanguage()

/** Makes the app's state, and begins to read this device's copy before the page itself is made. */
export const load: LayoutLoad = ({ route, url, untrack }) => {
  const app = createApp()
  // Not tracked: another page is no reason to begin anew.
  untrack(() => {
    // Home at its top, with nothing looked for: as it was when it was last seen.
    const isAsSeen = route.id === '/(app)' && url.search === '' && location.hash === ''
    void app.workspaces.open({
      make: route.id !== '/(plain)/r/[slug]',
      view: isAsSeen ? homeView() : undefined
    })
  })
  return { app }
}

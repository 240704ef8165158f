import { createApp } from '#lib/app/create-app.ts'
import { homeView } from '#lib/home/order/home-order.svelte.ts'
import { applyLanguage } from '#lib/settings/language/language.ts'
import type { LayoutLoad } from './$types.js'

// A client-side app: the server sends the same empty page for every URL.
export const ssr = false

applyLanguage()

/** Creates the app's state and starts reading the device before the page is rendered. */
export const load: LayoutLoad = ({ route, url, untrack }) => {
  const app = createApp()
  // Untracked: navigation must not run this again.
  untrack(() => {
    // The snapshot fits Home without a search or a fragment.
    const canShowSnapshot = route.id === '/(app)' && url.search === '' && location.hash === ''
    void app.workspaces.open({
      make: route.id !== '/(plain)/r/[slug]',
      view: canShowSnapshot ? homeView() : undefined
    })
  })
  return { app }
}

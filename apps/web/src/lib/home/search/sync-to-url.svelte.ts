import { afterNavigate, beforeNavigate } from '$app/navigation'
import type { HomeSearch } from './home-search.svelte.ts'
import { readSearchParam, writeSearchParam } from './search-param.ts'

/** Browsers refuse an address that changes with every key. */
const PAUSE_MS = 300

/**
 * Keeps what is looked for in the page's address (`?q=`), so that it is still there when a person comes back.
 * To be called while a component is made.
 */
export const syncToUrl = (homeSearch: HomeSearch) => {
  homeSearch.text = readSearchParam()
  // Home chosen in the navigation: everything is shown again.
  afterNavigate(({ type }) => {
    if (type !== 'enter') homeSearch.text = readSearchParam()
  })
  // Not on the way back: the address is another page's by then.
  beforeNavigate(({ type, willUnload }) => {
    if (type !== 'popstate' && !willUnload) writeSearchParam(homeSearch.text)
  })
  $effect(() => {
    const { text } = homeSearch
    const timer = setTimeout(() => {
      writeSearchParam(text)
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
    }
  })
}

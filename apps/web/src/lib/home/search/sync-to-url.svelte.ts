import { afterNavigate, beforeNavigate } from '$app/navigation'
import type { HomeSearch } from './home-search.svelte.ts'
import { readSearchParam, writeSearchParam } from './search-param.ts'

/** Browsers rate limit history updates. */
const DEBOUNCE_MS = 300

/**
 * Keeps the search in the page's URL (`?q=`), so that going back restores it.
 * Call while a component initializes.
 */
export const syncToUrl = (homeSearch: HomeSearch) => {
  homeSearch.text = readSearchParam()
  // Choosing Home in the navigation clears the search.
  afterNavigate(({ type }) => {
    if (type !== 'enter') homeSearch.text = readSearchParam()
  })
  // Not when going back: the URL is another page's by then.
  beforeNavigate(({ type, willUnload }) => {
    if (type !== 'popstate' && !willUnload) writeSearchParam(homeSearch.text)
  })
  $effect(() => {
    const { text } = homeSearch
    const timer = setTimeout(() => {
      writeSearchParam(text)
    }, DEBOUNCE_MS)
    return () => {
      clearTimeout(timer)
    }
  })
}

const PARAMETER = 'q'

/** Reads the search from the page's URL. */
export const readSearchParam = (): string => new URL(location.href).searchParams.get(PARAMETER) ?? ''

/** Writes the search to the URL, without a history entry. */
export const writeSearchParam = (text: string) => {
  const query = text.trim()
  if (query === readSearchParam()) return
  const url = new URL(location.href)
  if (query === '') url.searchParams.delete(PARAMETER)
  else url.searchParams.set(PARAMETER, query)
  url.hash = ''
  // The router's replaceState is asynchronous: too late when leaving the page.
  history.replaceState(history.state, '', url)
}

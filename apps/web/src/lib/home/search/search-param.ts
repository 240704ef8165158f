const PARAMETER = 'q'

/** What the page's address says is looked for. */
export const readSearchParam = (): string => new URL(location.href).searchParams.get(PARAMETER) ?? ''

/** Writes it there, without a step in the browser's history. */
export const writeSearchParam = (text: string) => {
  const query = text.trim()
  if (query === readSearchParam()) return
  const url = new URL(location.href)
  if (query === '') url.searchParams.delete(PARAMETER)
  else url.searchParams.set(PARAMETER, query)
  url.hash = ''
  // Not the router's own way, which is asynchronous: on leaving it would come too late.
  history.replaceState(history.state, '', url)
}

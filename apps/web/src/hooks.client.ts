/** An escape that is broken stops the router: the page would stay blank. Its percent signs are taken as they are. */
export const init = () => {
  const { pathname, search, hash } = location
  const mended = mend(pathname) + search + mend(hash)
  if (mended !== pathname + search + hash) history.replaceState(history.state, '', mended)
}

const mend = (part: string): string => {
  try {
    decodeURIComponent(part)
    return part
  } catch {
    return part.replaceAll('%', '%25')
  }
}

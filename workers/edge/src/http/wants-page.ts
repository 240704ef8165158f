const SERVER_PATH = /^\/(api|sync|media|cdn-cgi|\.well-known|_[^/]*)(\/|$)/i
/** A link may end in anything. The app parses it. */
const LINK_PATH = /^\/r\//i
const FILE_NAME = /\.[a-z0-9_-]+$/i

/**
 * Whether a request opens a page of the app, which does its own routing. A missing file is not a
 * page: a request for a script must not get HTML.
 */
export const wantsPage = ({ method, url, headers }: Request): boolean => {
  if (method !== 'GET' && method !== 'HEAD') return false
  const { pathname } = new URL(url)
  if (SERVER_PATH.test(pathname)) return false
  if (!LINK_PATH.test(pathname) && FILE_NAME.test(pathname)) return false
  // Browsers send sec-fetch headers. Other clients get the page if they accept anything.
  if (headers.has('sec-fetch-dest')) return headers.get('sec-fetch-mode') === 'navigate'
  return /text\/html|\*\/\*/.test(headers.get('accept') ?? '*/*')
}

const SERVER_PATH = /^\/(api|sync|media|cdn-cgi|\.well-known|_[^/]*)(\/|$)/i
/** A link that was typed or pasted may end in anything: the app reads it. */
const LINK_PATH = /^\/r\//i
const FILE_NAME = /\.[a-z0-9_-]+$/i

/**
 * Is this somebody who opens a page of the app? The app finds out for itself which of its pages it is. A file that does
 * not exist is none: who asks for a script must not get a page.
 */
export const wantsPage = ({ method, url, headers }: Request): boolean => {
  if (method !== 'GET' && method !== 'HEAD') return false
  const { pathname } = new URL(url)
  if (SERVER_PATH.test(pathname)) return false
  if (!LINK_PATH.test(pathname) && FILE_NAME.test(pathname)) return false
  // Browsers say what they ask for; of others those get the page that take any kind of answer.
  if (headers.has('sec-fetch-dest')) return headers.get('sec-fetch-mode') === 'navigate'
  return /text\/html|\*\/\*/.test(headers.get('accept') ?? '*/*')
}

/** Paths that the Worker handles. */
export const isServerPath = (path: string): boolean =>
  /^\/(api|sync|media|cdn-cgi|\.well-known)(\/|$)/i.test(path)

/**
 * Whether a path may be a page of the app, by the Worker's rules: no file names, except that
 * pasted links may end in anything.
 */
export const isPagePath = (path: string): boolean =>
  !isServerPath(path) && !path.startsWith('/_') && (/^\/r\//i.test(path) || !/\.[a-z0-9_-]+$/i.test(path))

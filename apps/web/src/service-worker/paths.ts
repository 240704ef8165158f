/** Answered by the Worker, always. */
export const isServerPath = (path: string): boolean =>
  /^\/(api|sync|media|cdn-cgi|\.well-known)(\/|$)/i.test(path)

/**
 * Can a page of the app be there? As the Worker has it: nothing that looks like a file is one, but a link that was pasted may end
 * in anything.
 */
export const isPagePath = (path: string): boolean =>
  !isServerPath(path) && !path.startsWith('/_') && (/^\/r\//i.test(path) || !/\.[a-z0-9_-]+$/i.test(path))

import { readLink } from '@foyer/doc'

/** The page of a link as it was typed: that of its slug, or of none. */
export const linkRoute = (pathname: string): string => {
  const link = readLink(pathname)
  return link?.isWhole === true ? `/r/${link.slug}` : '/r/-'
}

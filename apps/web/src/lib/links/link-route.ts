import { readLink } from '@foyer/doc'

/** The route of a mistyped link: its slug's page, or one without a slug. */
export const linkRoute = (pathname: string): string => {
  const link = readLink(pathname)
  return link?.isWhole === true ? `/r/${link.slug}` : '/r/-'
}

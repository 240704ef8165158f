import type { ItemKind } from '@foyer/doc'

/** What an address asks to be made: the app icon's shortcuts lead to /?new=room and /?new=webinar. */
export const newKindOf = ({
  searchParams
}: {
  searchParams: Pick<URLSearchParams, 'get'>
}): ItemKind | null => {
  const asked = searchParams.get('new')
  return asked === 'room' || asked === 'webinar' ? asked : null
}

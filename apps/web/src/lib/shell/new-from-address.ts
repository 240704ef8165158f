import type { ItemKind } from '@foyer/doc'

/** The kind of item to create, from the app shortcuts' URLs /?new=room and /?new=webinar. */
export const newKindOf = ({
  searchParams
}: {
  searchParams: Pick<URLSearchParams, 'get'>
}): ItemKind | null => {
  const asked = searchParams.get('new')
  return asked === 'room' || asked === 'webinar' ? asked : null
}

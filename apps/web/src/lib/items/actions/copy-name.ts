import { LIMITS } from '@foyer/doc/policy'
import { m } from '#lib/paraglide/messages.js'

/** What a copy is called: "Weekly (copy)", the name cut so that all of the suffix fits. */
export const copyName = (name: string): string => {
  const suffixLength = Array.from(m.items_copy_name({ name: '' })).length
  const cut = Array.from(name).slice(0, LIMITS.nameCharacters - suffixLength)
  // It becomes a name itself: what isolates a name in a sentence must not get into it.
  return m.items_copy_name({ name: PLACE }).replace(PLACE, () => cut.join('').trimEnd())
}

/** Stays bare in every language. */
const PLACE = '0'

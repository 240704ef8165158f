import { LIMITS } from '@foyer/doc'
import { m } from '#lib/paraglide/messages.js'

/** What a copy is called: "Weekly (copy)", the name cut so that all of the suffix fits. */
export const copyName = (name: string): string => {
  const suffixLength = Array.from(m.items_copy_name({ name: '' })).length
  const cut = Array.from(name).slice(0, LIMITS.nameCharacters - suffixLength)
  return m.items_copy_name({ name: cut.join('').trimEnd() })
}

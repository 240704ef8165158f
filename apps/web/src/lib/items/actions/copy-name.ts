import { LIMITS } from '@foyer/doc/policy'
import { m } from '#lib/paraglide/messages.js'

/** Names a copy: "Weekly (copy)". Shortens the name so that the suffix fits. */
export const copyName = (name: string): string => {
  const suffixLength = Array.from(m.items_copy_name({ name: '' })).length
  const cut = Array.from(name).slice(0, LIMITS.nameCharacters - suffixLength)
  // Inserted afterwards: a stored name must not contain isolates.
  return m.items_copy_name({ name: PLACEHOLDER }).replace(PLACEHOLDER, () => cut.join('').trimEnd())
}

/** Is not isolated in any language. */
const PLACEHOLDER = '0'

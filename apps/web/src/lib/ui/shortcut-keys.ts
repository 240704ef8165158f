type Press = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'target' | 'getModifierState'
>

export type Shortcut = 'palette' | 'shortcuts' | 'search'

const BY_CHARACTER: Readonly<Partial<Record<string, Shortcut>>> = {
  '/': 'search',
  '?': 'shortcuts',
  '؟': 'shortcuts'
}

/** The global shortcut of a key press, if any. Part of Home's first load. */
export const shortcutOf = (event: Press): Shortcut | null => {
  if (isCommand(event)) return isLetterK(event) ? 'palette' : null
  return isCharacter(event) && !takesKeys(event.target) ? (BY_CHARACTER[plain(event.key)] ?? null) : null
}

/** Ctrl or ⌘ alone. In text fields on macOS, Ctrl-K belongs to the system. */
const isCommand = (event: Press): boolean =>
  event.ctrlKey !== event.metaKey &&
  !event.altKey &&
  !event.shiftKey &&
  !event.getModifierState('AltGraph') &&
  !(event.ctrlKey && navigator.userAgent.includes('Mac') && takesKeys(event.target))

/** By character; by physical position only for non-Latin layouts. */
const isLetterK = ({ key, code }: Press): boolean =>
  plain(key) === 'k' || (code === 'KeyK' && /^[\p{L}\p{M}]+$/u.test(key) && !/\p{Script=Latin}/u.test(key))

/** Some characters need Shift or AltGr, which may be reported as Ctrl and Alt. */
const isCharacter = (event: Press): boolean =>
  event.getModifierState('AltGraph') || !(event.ctrlKey || event.metaKey || event.altKey)

/** Normalizes full-width letters and case. */
const plain = (key: string): string => key.normalize('NFKC').toLowerCase()

const TAKES_KEYS = 'input, textarea, select, [role="menu"], [contenteditable]:not([contenteditable="false"])'

const takesKeys = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(TAKES_KEYS) !== null

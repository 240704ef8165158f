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

/** What a key press asks for on any page. Part of Home's first load: what it opens is not. */
export const shortcutOf = (event: Press): Shortcut | null => {
  if (isCommand(event)) return isLetterK(event) ? 'palette' : null
  return isCharacter(event) && !takesKeys(event.target) ? (BY_CHARACTER[plain(event.key)] ?? null) : null
}

/** Ctrl or ⌘ and nothing else. On a Mac, Ctrl in a text is the system's: Ctrl-K deletes the rest of the line. */
const isCommand = (event: Press): boolean =>
  event.ctrlKey !== event.metaKey &&
  !event.altKey &&
  !event.shiftKey &&
  !event.getModifierState('AltGraph') &&
  !(event.ctrlKey && navigator.userAgent.includes('Mac') && takesKeys(event.target))

/** By what the key writes; by its place only where that is a letter of another script. */
const isLetterK = ({ key, code }: Press): boolean =>
  plain(key) === 'k' || (code === 'KeyK' && /^[\p{L}\p{M}]+$/u.test(key) && !/\p{Script=Latin}/u.test(key))

/** Keyboards need Shift or AltGr for some characters; AltGr may be told as Ctrl and Alt. */
const isCharacter = (event: Press): boolean =>
  event.getModifierState('AltGraph') || !(event.ctrlKey || event.metaKey || event.altKey)

/** Full-width letters are letters, and Caps Lock changes nothing. */
const plain = (key: string): string => key.normalize('NFKC').toLowerCase()

const TAKES_KEYS = 'input, textarea, select, [role="menu"], [contenteditable]:not([contenteditable="false"])'

const takesKeys = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(TAKES_KEYS) !== null

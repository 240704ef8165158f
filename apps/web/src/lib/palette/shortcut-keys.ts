type Keys = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target'>

/** Which of the shell's dialogs a key press asks for. Part of Home's first load: the dialogs are not. */
export const shortcutOf = (event: Keys): 'palette' | 'shortcuts' | null => {
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey
  // By its place too: on an Arabic keyboard that key writes another letter.
  if (isCommand && (event.key.toLowerCase() === 'k' || event.code === 'KeyK')) return 'palette'
  const isQuestion = event.key === '?' || event.key === '؟'
  return isQuestion && !isCommand && !isTyping(event.target) ? 'shortcuts' : null
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

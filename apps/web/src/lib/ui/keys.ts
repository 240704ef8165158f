/**
 * Does this key press belong to an input method, which makes a character of several keys (Japanese, Chinese, Korean)?
 * Safari ends the composition before it tells of the key that ended it: 229 says so in every browser.
 */
export const isComposing = (event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean =>
  // Deprecated, and the only sign of it there.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  event.isComposing || event.keyCode === 229

/**
 * Every handler of key presses is made by this: it does not hear the keys of an input method, whose Enter, Escape and
 * arrows choose among characters. ESLint refuses a handler without.
 * @example <input onkeydown={keys(onFieldKey)} />
 */
export const keys =
  <E extends Pick<KeyboardEvent, 'isComposing' | 'keyCode'>>(handle: (event: E) => void) =>
  (event: E): void => {
    if (!isComposing(event)) handle(event)
  }

/**
 * Whether a key press belongs to an input method (Japanese, Chinese, Korean).
 * Safari reports the key that ends a composition after it: keyCode 229 works in every browser.
 */
export const isComposing = (event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean =>
  // Deprecated, but the only sign in Safari.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  event.isComposing || event.keyCode === 229

/**
 * Wraps a keyboard handler to ignore an input method's keys, such as Enter and Escape.
 * ESLint requires it for every handler.
 * @example <input onkeydown={keys(onFieldKey)} />
 */
export const keys =
  <E extends Pick<KeyboardEvent, 'isComposing' | 'keyCode'>>(handle: (event: E) => void) =>
  (event: E): void => {
    if (!isComposing(event)) handle(event)
  }

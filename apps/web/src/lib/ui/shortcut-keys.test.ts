import { beforeEach, expect, test, vi } from 'vitest'
import { shortcutOf } from './shortcut-keys.ts'

class FakeElement {
  readonly #isField: boolean
  constructor(isField: boolean) {
    this.#isField = isField
  }
  closest() {
    return this.#isField ? this : null
  }
}
const FIELD = new FakeElement(true) as unknown as EventTarget
const PAGE = new FakeElement(false) as unknown as EventTarget

beforeEach(() => {
  vi.stubGlobal('Element', FakeElement)
  vi.stubGlobal('navigator', { userAgent: 'X11; Linux' })
  return () => {
    vi.unstubAllGlobals()
  }
})

/** `Ctrl+Shift+k@KeyK`: modifiers, character, physical key. */
const press = (written: string, target = PAGE) => {
  const [, modifiers = '', key = '', code = ''] = /^((?:\w+\+)*)(.+?)(?:@(\w+))?$/u.exec(written) ?? []
  const held = modifiers.split('+')
  return shortcutOf({
    key,
    code,
    target,
    ctrlKey: held.includes('Ctrl'),
    metaKey: held.includes('Meta'),
    altKey: held.includes('Alt'),
    shiftKey: held.includes('Shift'),
    getModifierState: name => held.includes(name)
  })
}

test.each([
  ['Ctrl+k@KeyK', 'where everybody has it'],
  ['Meta+k@KeyK', '⌘'],
  ['Ctrl+K@KeyK', 'Caps Lock'],
  ['Ctrl+k@KeyN', 'Colemak'],
  ['Ctrl+k@KeyV', 'Dvorak'],
  ['Ctrl+k@KeyY', 'Neo'],
  ['Ctrl+ن@KeyK', 'Arabic'],
  ['Ctrl+л@KeyK', 'Russian'],
  ['Ctrl+к@KeyK', 'Serbian'],
  ['Ctrl+κ@KeyK', 'Greek'],
  ['Ctrl+ל@KeyK', 'Hebrew'],
  ['Ctrl+า@KeyK', 'Thai'],
  ['Ctrl+क@KeyK', 'Hindi'],
  ['Ctrl+ᅡ@KeyK', 'Korean'],
  ['Ctrl+ｋ@KeyK', 'full width']
])('%s opens the palette (%s)', written => {
  expect(press(written)).toBe('palette')
  expect(press(written, FIELD)).toBe('palette')
})

test.each([
  ['Ctrl+e@KeyK', 'Colemak'],
  ['Ctrl+t@KeyK', 'Dvorak'],
  ['Ctrl+r@KeyK', 'Neo'],
  ['Ctrl+s@KeyK', 'Bépo'],
  ['Ctrl+ß@KeyK', 'a Latin letter with something on it'],
  ['Ctrl+;@KeyK', 'no letter'],
  ['Ctrl+Dead@KeyK', 'an accent'],
  ['Ctrl+Unidentified@KeyK', 'nothing known'],
  ['Ctrl+к@KeyR', 'K of another script, elsewhere'],
  ['Ctrl+Shift+k@KeyK', 'the browser’s'],
  ['Ctrl+Shift+K@KeyK', 'the browser’s'],
  ['Ctrl+Shift+л@KeyK', 'the browser’s'],
  ['Ctrl+Alt+k@KeyK', 'AltGr'],
  ['Ctrl+Alt+AltGraph+k@KeyK', 'AltGr'],
  ['Ctrl+AltGraph+ĸ@KeyK', 'AltGr'],
  ['Ctrl+Meta+k@KeyK', 'both'],
  ['Alt+k@KeyK', 'a menu'],
  ['Shift+K@KeyK', 'a letter'],
  ['k@KeyK', 'a letter']
])('%s is ignored (%s)', written => {
  expect(press(written)).toBeNull()
})

test('on a Mac, Ctrl-K in a text field is ignored', () => {
  vi.stubGlobal('navigator', { userAgent: 'Macintosh; Intel Mac OS X' })
  expect(press('Ctrl+k@KeyK', FIELD)).toBeNull()
  expect(press('Meta+k@KeyK', FIELD)).toBe('palette')
  expect(press('Ctrl+k@KeyK', PAGE)).toBe('palette')
})

test.each([
  ['/@Slash', 'search'],
  ['Shift+/@Digit7', 'search'], // German
  ['Ctrl+Alt+AltGraph+/@KeyQ', 'search'],
  ['／@Slash', 'search'],
  ['Shift+?@Slash', 'shortcuts'],
  ['Shift+?@Minus', 'shortcuts'], // German
  ['Shift+؟@Slash', 'shortcuts'],
  ['Shift+？@Slash', 'shortcuts']
])('%s triggers %s, but not in a field', (written, asked) => {
  expect(press(written)).toBe(asked)
  expect(press(written, FIELD)).toBeNull()
})

test.each(['Ctrl+/@Slash', 'Meta+/@Slash', 'Alt+/@Slash', 'Ctrl+Shift+?@Slash', 'Ctrl+Alt+?@Slash'])(
  '%s is ignored',
  written => {
    expect(press(written)).toBeNull()
  }
)

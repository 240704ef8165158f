import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

/** Types with an input method, as for Japanese, leaving the composition open. */
const composer = async (page: Page) => {
  const session = await page.context().newCDPSession(page)
  return {
    compose: (text: string) =>
      session.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length
      }),
    /** A key that is the input method's: browsers tell of it with the code 229. */
    async press(code: string) {
      const common = { key: 'Process', code, windowsVirtualKeyCode: 229 }
      await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...common })
      await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...common })
    },
    commit: (text: string) => session.send('Input.insertText', { text })
  }
}

type Press = Partial<
  Record<'key' | 'code', string> &
    Record<'ctrlKey' | 'altKey' | 'shiftKey' | 'modifierAltGraph' | 'isComposing', boolean>
>

/** Either says so; Safari has the first alone. */
const OF_INPUT_METHOD: object[] = [{ keyCode: 229 }, { isComposing: true }]

/**
 * Dispatches a key as other browsers, layouts and systems report it.
 * @returns whether Foyer handled it; the browser's own default action does not run
 */
const tell = (field: Locator, press: Press) =>
  field.evaluate((element, given) => {
    const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...given })
    let taken = false
    const read = () => {
      taken = event.defaultPrevented
      event.preventDefault()
    }
    window.addEventListener('keydown', read, { once: true })
    element.dispatchEvent(event)
    return taken
  }, press)

test('keys of an input method trigger no shortcuts', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await home.createRoom('東京')
  const ime = await composer(page)
  const composeIn = async (field: Locator, text: string) => {
    await field.focus()
    await ime.compose(text)
    await expect(field).toHaveValue(text)
    for (const key of ['ArrowDown', 'Enter', 'Escape']) await ime.press(key)
    // Safari tells of the key that ended the composition after its end.
    for (const key of ['Enter', 'Escape']) {
      for (const sign of OF_INPUT_METHOD) expect(await tell(field, { key, ...sign })).toBe(false)
    }
    await expect(field).toBeFocused()
    await expect(field).toHaveValue(text)
  }

  await page.getByRole('button', { name: 'New room' }).click()
  const name = home.dialog.getByLabel('Name')
  await composeIn(name, 'きょうと')
  await ime.commit('京都')
  await expect(home.dialog).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(home.tile('京都')).toBeVisible()

  await page.keyboard.press('Control+k')
  const command = page.getByRole('combobox', { name: 'Name or command' })
  await composeIn(command, '東')
  await expect(command).toBeVisible()
  await expect(page).toHaveURL('/')
  await ime.commit('東')
  await page.keyboard.press('Escape')
  await expect(command).toBeHidden()

  const search = page.getByRole('searchbox')
  await composeIn(search, '東')
  await ime.commit('東')
  await home.expectTiles(home.rooms, ['東京'])
  await page.keyboard.press('Escape')
  await expect(search).toHaveValue('')
})

test('shortcuts follow the character on any layout, and ignore AltGr', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await home.createRoom('Clients') // without one there is nothing to search
  const body = page.locator('body')
  const palette = page.getByRole('dialog', { name: 'Search and commands' })
  const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  const search = page.getByRole('searchbox')
  const CTRL = { ctrlKey: true, code: 'KeyK' }

  for (const none of [
    { ...CTRL, key: 'k', altKey: true }, // AltGr as Windows tells of it
    { ...CTRL, key: 'k', modifierAltGraph: true },
    { ...CTRL, key: 'k', shiftKey: true },
    { ...CTRL, key: 'r' }, // Neo
    { ...CTRL, key: 'л', altKey: true },
    { key: '/', code: 'Digit7', ctrlKey: true },
    { key: '?', code: 'Slash', altKey: true },
    { key: '/', code: 'Digit7', isComposing: true }
  ]) {
    expect(await tell(body, none), JSON.stringify(none)).toBe(false)
  }
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(search).not.toBeFocused()

  for (const taken of [
    { ...CTRL, key: 'k' },
    { ...CTRL, key: 'K' }, // Caps Lock
    { ...CTRL, key: 'л' },
    { ...CTRL, key: 'ن' },
    { ...CTRL, key: 'k', code: 'KeyI' } // Dvorak and others
  ]) {
    expect(await tell(body, taken), JSON.stringify(taken)).toBe(true)
    await expect(palette).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(palette).toBeHidden()
  }
  // In a text too, where it writes nothing.
  await search.focus()
  expect(await tell(search, { ...CTRL, key: 'л' })).toBe(true)
  await expect(palette).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(palette).toBeHidden()

  // Some keyboards need AltGr for a character: what it writes counts.
  await search.blur()
  expect(
    await tell(body, { key: '/', code: 'Digit7', modifierAltGraph: true, ctrlKey: true, altKey: true })
  ).toBe(true)
  await expect(search).toBeFocused()
  expect(await tell(search, { key: '?', code: 'Slash', shiftKey: true })).toBe(false)
  await expect(shortcuts).toBeHidden()
  await search.blur()
  await tell(body, { key: '?', code: 'Minus', shiftKey: true })
  await expect(shortcuts).toBeVisible()
})

import { expect, type Locator, type Page } from '@playwright/test'
import type { Device } from './device.ts'
import { openView, type View } from './views.ts'

const KEY = 'foyer-language'

/**
 * Shows a view in another language. Views find things by their English names: so it is walked through in English in
 * another tab, and what is pressed there is pressed here, at the same place of the page.
 */
export const openTranslated = async (device: Device, view: View, language: string): Promise<void> => {
  const { page } = device
  const english = await device.newTab()
  await english.setViewportSize(page.viewportSize() ?? { width: 1280, height: 900 })
  await openView(english, { ...view, press: () => [], shows: all => all.locator('body') })
  await chooseLanguage(page, language)
  await page.goto(view.path)
  await expect(page.locator('html')).toHaveAttribute('lang', language)
  await chooseLanguage(page, null) // of the next pages: this one has read it
  for (const target of view.press?.(english) ?? []) {
    if (typeof target === 'string') {
      await Promise.all([page, english].map(each => each.keyboard.press(target)))
      continue
    }
    await target.waitFor()
    const place = await placeOf(target)
    await page.locator(place).click()
    await target.click()
  }
  await expect(view.shows(english)).toBeVisible()
  await expect(page.locator(await placeOf(view.shows(english)))).toBeVisible()
  await english.close()
}

const chooseLanguage = (page: Page, language: string | null): Promise<void> =>
  page.evaluate(
    ([key, value]) => {
      if (value === null) localStorage.removeItem(key)
      else localStorage.setItem(key, value)
    },
    [KEY, language] as const
  )

/** A selector for the same place in a page that differs in its words alone. */
const placeOf = (target: Locator): Promise<string> =>
  target.evaluate(element => {
    const steps: string[] = []
    for (let at: Element = element; at.parentElement !== null; at = at.parentElement) {
      const index = [...at.parentElement.children].indexOf(at)
      steps.unshift(`${at.tagName.toLowerCase()}:nth-child(${String(index + 1)})`)
    }
    return `html > ${steps.join(' > ')}`
  })

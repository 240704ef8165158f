import { expect, type Locator, type Page } from '@playwright/test'
import type { Device } from '../device.ts'
import { openView, take, whenShown, type View } from './view.ts'

const KEY = 'foyer-language'
/** A key that goes forward goes the other way where the page is read from the right. */
const MIRRORED: Partial<Record<string, string>> = { ArrowRight: 'ArrowLeft', ArrowLeft: 'ArrowRight' }

/**
 * Shows a view in another language. Views use English names: the steps run in English in another
 * tab and are repeated here by position in the page.
 */
export const openTranslated = async (device: Device, view: View, language: string): Promise<void> => {
  const { page } = device
  const english = await device.newTab()
  await english.setViewportSize(page.viewportSize() ?? { width: 1280, height: 900 })
  await openView(english, { ...view, steps: () => [], shows: all => all.locator('body') })
  await chooseLanguage(page, language)
  await view.given?.(page)
  if (view.path.includes('#')) await page.goto('/manifest.webmanifest')
  await page.goto(view.path)
  await expect(page.locator('html')).toHaveAttribute('lang', language)
  await whenShown(page)
  await chooseLanguage(page, null) // of the next pages: this one has read it
  const isRtl = (await page.locator('html').getAttribute('dir')) === 'rtl'
  for (const step of view.steps?.(english) ?? []) {
    if (typeof step === 'string') {
      await take(page, isRtl ? (MIRRORED[step] ?? step) : step)
    } else {
      const target = 'into' in step ? step.into : step
      await target.waitFor({ state: 'attached' })
      await take(page, step, page.locator(await placeOf(target)))
    }
    await take(english, step)
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

import type { Page } from '@playwright/test'

/** Controls under 44 pixels on a page, or in its dialog if one is open. */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const LEAST = 44
    const CONTROLS =
      'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=menuitem], [role=option], [role=tab]'
    const isLargeEnough = (element: Element) => {
      const { width, height } = element.getBoundingClientRect()
      // Layout rounds to fractions of a pixel.
      return width >= LEAST - 0.5 && height >= LEAST - 0.5
    }
    const isSeen = (element: Element) => {
      const { width, height } = element.getBoundingClientRect()
      // A control of one pixel is there for the keyboard alone.
      return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true })
    }
    const isInSentence = (element: Element) =>
      element.matches('a') &&
      getComputedStyle(element).display === 'inline' &&
      element.parentElement?.textContent.trim() !== element.textContent.trim()
    const labelled = (element: Element) => {
      const label = element.closest('label')
      return label !== null && isLargeEnough(label)
    }
    const page = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document
    return [...page.querySelectorAll(CONTROLS)]
      .filter(each => isSeen(each) && !isLargeEnough(each) && !isInSentence(each) && !labelled(each))
      .map(each => {
        const { width, height } = each.getBoundingClientRect()
        const name = each.getAttribute('aria-label') ?? each.textContent.trim()
        return `${Math.round(width)} × ${Math.round(height)} ${each.tagName.toLowerCase()} “${name}”`
      })
  })

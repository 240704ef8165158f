import { expect, type Locator, type Page } from '@playwright/test'
import type { Owner } from './owners.ts'

/** Something of the app to look at: tests and `pnpm screenshots` go through all of them. */
export interface View {
  /** Of a file too. */
  name: string
  /** Whose device shows it. */
  on: Owner
  path: string
  /** What has to be so before the page is opened. */
  given?: (page: Page) => Promise<unknown>
  /** What is done there in turn. */
  steps?: (page: Page) => Step[]
  /** There when all of it is. */
  shows: (page: Page) => Locator
}

/** An element or key to press, or a text or file for a field. */
export type Step = Locator | string | { into: Locator; text: string } | { into: Locator; file: UploadedFile }

export interface UploadedFile {
  name: string
  mimeType: string
  buffer: Buffer
}

/** Shows a view on a device that is as the view needs it. */
export const openView = async (page: Page, { path, given, steps, shows }: View): Promise<void> => {
  await given?.(page)
  // The same page with a fragment would not be loaded anew.
  if (path.includes('#')) await page.goto('about:blank')
  await page.goto(path)
  await whenShown(page)
  for (const step of steps?.(page) ?? []) await take(page, step)
  await expect(shows(page)).toBeVisible()
}

/** The page is there, and hears keys. */
export const whenShown = (page: Page): Promise<void> => page.locator('main h1').first().waitFor()

/** Does one step. @param at where it is, if not where the step says */
export const take = async (page: Page, step: Step, at?: Locator): Promise<void> => {
  if (typeof step === 'string') await page.keyboard.press(step)
  else if (!('into' in step)) await (at ?? step).click()
  else if ('text' in step) await (at ?? step.into).fill(step.text)
  else await (at ?? step.into).setInputFiles(step.file)
}

export const heading = (name: string) => (page: Page) =>
  page.getByRole('heading', { level: 1, name, exact: true })
export const dialog = (name: string) => (page: Page) => page.getByRole('dialog', { name, exact: true })
export const button = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true })
export const menuItem = (name: string) => (page: Page) => page.getByRole('menuitem', { name, exact: true })
export const tab = (name: string) => (page: Page) => page.getByRole('tab', { name, exact: true })
export const menuOf = (item: string) => button(`Settings for ${item}`)

/** Pressed one after the other. */
export const press =
  (...targets: (((page: Page) => Locator) | string)[]) =>
  (page: Page): Step[] =>
    targets.map(target => (typeof target === 'string' ? target : target(page)))

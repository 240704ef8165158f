import { expect } from '@playwright/test'
import type { Sight, Tab } from './engine.ts'

/** A person before one tab: waits for what they look for, and uses pointer and keys. */
export class Person {
  readonly tab: Tab

  constructor(tab: Tab) {
    this.tab = tab
  }

  async expectSight(sight: Sight, there = true) {
    const sees = async () => (await this.tab.read(sight, () => true)) ?? false
    await expect.poll(sees, { message: JSON.stringify(sight) }).toBe(there)
  }

  async expectText(sight: Sight, text: string) {
    const read = () => this.tab.read(sight, element => element.textContent)
    await expect.poll(read, { message: JSON.stringify(sight) }).toContain(text)
  }

  expectSync(text: string) {
    return this.expectText({ role: 'status', name: 'Sync' }, text)
  }

  /** The field has the focus; all of its text is marked, so that typing replaces it. */
  async expectToTypeInto(name: string) {
    const isReady = () =>
      this.tab.read({ role: 'field', name }, element => {
        const { selectionStart, selectionEnd, value } = element as HTMLInputElement
        return document.activeElement === element && selectionStart === 0 && selectionEnd === value.length
      })
    await expect.poll(isReady, { message: `${name} is ready to type into` }).toBe(true)
  }

  async click(sight: Sight) {
    await this.expectSight(sight)
    await this.tab.click(sight)
  }

  async fill(name: string, text: string) {
    await this.click({ role: 'field', name })
    await this.tab.press('a', 'Control')
    await this.tab.type(text)
  }

  async choose(item: string, entry: string) {
    await this.click({ role: 'button', name: `Settings for ${item}` })
    await this.click({ role: 'menuitem', name: entry })
  }

  async makeRoom(name: string) {
    await this.click({ role: 'button', name: 'New room' })
    await this.expectToTypeInto('Name')
    await this.tab.type(name)
    await this.tab.press('Enter')
    await this.expectSight({ role: 'article', name })
  }

  /** Into the search field, as everybody can read the clipboard. */
  async paste(): Promise<string> {
    const search: Sight = { role: 'field', name: 'Search rooms and webinars' }
    await this.click(search)
    await this.tab.press('a', 'Control')
    await this.tab.press('v', 'Control')
    const pasted = (await this.tab.read(search, field => (field as HTMLInputElement).value)) ?? ''
    await this.tab.press('Escape')
    return pasted
  }

  async signUp(email: string) {
    await this.tab.goto('/sign-up')
    await this.#enter({ Name: 'Ada', Email: email, Password: PASSWORD }, 'Sign up')
  }

  async signIn(email: string) {
    await this.tab.goto('/sign-in')
    await this.#enter({ Email: email, Password: PASSWORD }, 'Sign in')
  }

  async #enter(values: Record<string, string>, action: string) {
    for (const [field, text] of Object.entries(values)) await this.fill(field, text)
    await this.click({ role: 'button', name: action })
    await this.expectSight({ role: 'heading', name: 'Home' })
    await this.expectSync('All changes synced')
  }
}

const PASSWORD = 'correct horse battery'

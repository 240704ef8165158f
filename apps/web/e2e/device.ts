import { chromiumOptions } from '@foyer/local-stack'
import { chromium, expect, type BrowserContext, type Page } from '@playwright/test'
import { rm } from 'node:fs/promises'
import { HomePage } from './home-page.ts'

export const PASSWORD = 'correct horse battery'

/** A browser with a profile of its own on the disk: closed and opened again, it still has its data. */
export class Device {
  readonly #url: string
  readonly #profile: string
  #context!: BrowserContext
  page!: Page

  private constructor(url: string, profile: string) {
    this.#url = url
    this.#profile = profile
  }

  static async start(url: string, profile: string): Promise<Device> {
    const device = new Device(url, profile)
    await device.open()
    return device
  }

  get home(): HomePage {
    return new HomePage(this.page)
  }

  async open() {
    this.#context = await chromium.launchPersistentContext(this.#profile, {
      ...chromiumOptions(),
      baseURL: this.#url,
      permissions: ['clipboard-read', 'clipboard-write'],
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
      viewport: { width: 1280, height: 900 }
    })
    this.page = this.#context.pages()[0] ?? (await this.#context.newPage())
  }

  async close() {
    await this.#context.close()
  }

  async remove() {
    await this.close()
    await rm(this.#profile, { recursive: true, force: true })
  }

  newTab(): Promise<Page> {
    return this.#context.newPage()
  }

  setOffline(offline: boolean): Promise<void> {
    return this.#context.setOffline(offline)
  }

  async forbidClipboard() {
    await this.#context.addInitScript(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('refused', 'NotAllowedError'))
    })
  }

  /** As when the session ends on the server: the cookie is worth nothing any more. */
  async loseSession() {
    await this.#context.clearCookies()
  }

  /** The app is on the device: from here on it opens without a network. */
  async whenInstalled() {
    await this.page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
  }

  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText())
  }

  async signUp(email: string) {
    await this.page.goto('/sign-up')
    await this.page.getByLabel('Name').fill('Ada')
    await this.page.getByLabel('Email').fill(email)
    await this.page.getByLabel('Password').fill(PASSWORD)
    await this.page.getByRole('button', { name: 'Sign up' }).click()
    await expect(this.home.heading).toBeVisible()
    await this.home.expectSynced()
  }

  async signIn(email: string) {
    await this.page.goto('/sign-in')
    await this.page.getByLabel('Email').fill(email)
    await this.page.getByLabel('Password').fill(PASSWORD)
    await this.page.getByRole('button', { name: 'Sign in' }).click()
    await expect(this.home.heading).toBeVisible()
    await this.home.expectSynced()
  }
}

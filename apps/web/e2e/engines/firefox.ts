import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { launch, type ElementHandle, type KeyInput, type Page } from 'puppeteer-core'
import type { Profile, ProfileOptions, Sight, StartProfile, Tab } from './engine.ts'
import { find } from './find.ts'

/** A person's settings, or what a person would be asked and nobody can answer. */
const preferences = ({ storage }: ProfileOptions) => ({
  'intl.accept_languages': 'en-GB, en',
  ...(storage === 'refused' && { 'network.cookie.cookieBehavior': 2 }),
  ...(storage === 'private' && { 'browser.privatebrowsing.autostart': true })
})

/** Firefox as it is installed, driven by WebDriver BiDi. FOYER_FIREFOX names it. */
export const startFirefox: StartProfile = async (origin, options = {}): Promise<Profile> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'foyer-firefox-'))
  const browser = await launch({
    browser: 'firefox',
    headless: process.env['DISPLAY'] === undefined,
    executablePath: process.env['FOYER_FIREFOX'] ?? 'firefox-esr',
    userDataDir: folder,
    defaultViewport: { width: 1_280, height: 900 },
    extraPrefsFirefox: preferences(options)
  })
  const complaints: string[] = []
  return {
    version: await browser.version(),
    complaints,
    newTab: async () => {
      const page = await browser.newPage()
      page.on('console', message => {
        if (message.type() === 'error' || message.type() === 'warn') complaints.push(message.text())
      })
      page.on('pageerror', error => complaints.push(String(error)))
      return createTab(page, origin)
    },
    close: async () => {
      await browser.close()
      await rm(folder, { recursive: true, force: true })
    }
  }
}

const createTab = (page: Page, origin: string): Tab => {
  const elementOf = async (sight: Sight) => (await page.evaluateHandle(find, sight)).asElement()
  return {
    goto: async address => {
      await page.goto(new URL(address, origin).href)
    },
    reload: async () => {
      await page.reload()
    },
    run: script => page.evaluate(script),
    read: async (sight, script) => {
      const element = await elementOf(sight)
      return element === null ? null : element.evaluate(script as never)
    },
    click: async sight => {
      const element = await elementOf(sight)
      if (element === null) throw new Error(`not there: ${JSON.stringify(sight)}`)
      await (element as ElementHandle<HTMLElement>).click()
    },
    clickAt: (x, y) => page.mouse.click(x, y),
    type: text => page.keyboard.type(text),
    press: async (key, held) => {
      if (held !== undefined) await page.keyboard.down(held)
      await page.keyboard.press(key as KeyInput)
      if (held !== undefined) await page.keyboard.up(held)
    },
    chooseFile: async file => {
      const input = await page.$('input[type=file]')
      await input?.uploadFile(file)
    }
  }
}

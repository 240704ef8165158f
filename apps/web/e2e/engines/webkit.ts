import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { pickPort } from '@foyer/local-stack'
import { Builder, By, Capabilities, Key, type WebDriver, type WebElement } from 'selenium-webdriver'
import type { Profile, Sight, StartProfile, Tab } from './engine.ts'
import { find } from './find.ts'

const KEYS: Record<string, string> = {
  ArrowDown: Key.ARROW_DOWN,
  Control: Key.CONTROL,
  Enter: Key.ENTER,
  Escape: Key.ESCAPE,
  Tab: Key.TAB
}

/**
 * WebKitGTK's MiniBrowser, driven by WebKitWebDriver. Each run is a private window.
 * FOYER_WEBKIT_DRIVER and FOYER_MINIBROWSER name the two programs; DISPLAY must be set.
 */
export const startWebKit: StartProfile = async (origin): Promise<Profile> => {
  const port = await pickPort()
  const service = spawn(process.env['FOYER_WEBKIT_DRIVER'] ?? 'WebKitWebDriver', [`--port=${port}`], {
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const complaints: string[] = []
  for (const stream of [service.stdout, service.stderr]) {
    createInterface(stream).on('line', line => {
      if (/^CONSOLE .*(ERROR|WARN)/.test(line)) complaints.push(line)
    })
  }
  try {
    const driver = await connect(port)
    const capabilities = await driver.getCapabilities()
    await driver.manage().window().setRect({ x: 0, y: 0, width: 1_280, height: 900 })
    let first = true
    return {
      version: `WebKitGTK/${String(capabilities.get('browserVersion'))}`,
      complaints,
      newTab: async () => {
        // Not a tab: that would stay in the background, where nothing is drawn.
        if (!first) await driver.switchTo().newWindow('window')
        first = false
        return createTab(driver, await driver.getWindowHandle(), origin)
      },
      close: async () => {
        await driver.quit()
        await end(service)
      }
    }
  } catch (error) {
    await end(service)
    throw error
  }
}

const connect = async (port: number): Promise<WebDriver> => {
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': {
      binary: process.env['FOYER_MINIBROWSER'],
      args: ['--automation', '--enable-write-console-messages-to-stdout=true']
    }
  })
  const server = `http://127.0.0.1:${port}`
  const deadline = Date.now() + 10_000
  for (;;) {
    try {
      await fetch(`${server}/status`)
      break
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
  return new Builder()
    .disableEnvironmentOverrides()
    .usingServer(server)
    .withCapabilities(capabilities)
    .build()
}

const end = async (service: ChildProcess) => {
  if (service.exitCode !== null || service.signalCode !== null) return
  const ended = once(service, 'exit')
  service.kill()
  await ended
}

const createTab = (driver: WebDriver, handle: string, origin: string): Tab => {
  const here = async (): Promise<WebDriver> => {
    await driver.switchTo().window(handle)
    return driver
  }
  const elementOf = async (sight: Sight) => (await here()).executeScript<WebElement | null>(find, sight)
  return {
    goto: async address => {
      await (await here()).get(new URL(address, origin).href)
    },
    reload: async () => {
      await (await here()).navigate().refresh()
    },
    run: async script => (await here()).executeScript(script),
    read: async (sight, script) => {
      const element = await elementOf(sight)
      return element === null ? null : driver.executeScript(script, element)
    },
    click: async sight => {
      const element = await elementOf(sight)
      if (element === null) throw new Error(`not there: ${JSON.stringify(sight)}`)
      await element.click()
    },
    clickAt: async (x, y) => {
      await (await here()).actions().move({ x, y, duration: 0 }).click().perform()
    },
    type: async text => {
      await (await here()).actions().sendKeys(text).perform()
    },
    press: async (key, held) => {
      const actions = (await here()).actions()
      const pressed = KEYS[key] ?? key
      if (held === undefined) await actions.sendKeys(pressed).perform()
      else await actions.keyDown(Key.CONTROL).sendKeys(pressed).keyUp(Key.CONTROL).perform()
    },
    chooseFile: async file => {
      await (await here()).findElement(By.css('input[type=file]')).sendKeys(file)
    }
  }
}

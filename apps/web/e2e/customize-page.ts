import { expect, type Locator } from '@playwright/test'
import type { Device } from './device.ts'

/** The Customize page of one item, as a person finds it. */
export class CustomizePage {
  readonly #device: Device

  constructor(device: Device) {
    this.#device = device
  }

  /** From Home, through the item's menu. */
  async open(name: string) {
    await this.#device.home.choose(name, 'Customize')
    await expect(this.heading(name)).toBeVisible()
  }

  heading(name: string): Locator {
    return this.#device.page.getByRole('heading', { level: 1, name: `Customize ${name}` })
  }

  get preview(): Locator {
    return this.#device.page.getByRole('region', { name: 'Preview' })
  }

  get panel(): Locator {
    return this.#device.page.getByRole('tabpanel')
  }

  tab(name: 'Room' | 'Webinar' | 'Lobby'): Locator {
    return this.#device.page.getByRole('tab', { name })
  }

  field(name: string): Locator {
    return this.panel.getByLabel(name)
  }

  get ownColour(): Locator {
    return this.field('Custom colour')
  }

  /** Leaves the field, so that it is written at once. */
  async write(field: string, text: string) {
    await this.field(field).fill(text)
    await this.field(field).blur()
  }
}

/** Waits until a picture in there is shown, and answers where it comes from and how wide it is. */
export const shownPicture = async (within: Locator): Promise<{ src: string; width: number }> => {
  const image = within.locator('img:not(.stand-in)').first()
  await expect.poll(() => image.evaluate((node: HTMLImageElement) => node.naturalWidth)).toBeGreaterThan(0)
  return image.evaluate((node: HTMLImageElement) => ({ src: node.src, width: node.naturalWidth }))
}

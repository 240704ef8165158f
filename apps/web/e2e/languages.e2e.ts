import type { Page } from '@playwright/test'
import { CustomizePage } from './customize-page.ts'
import { expect, test } from './fixtures.ts'

const choose = async (page: Page, name: string, apply: string) => {
  await page.getByRole('radio', { name, exact: true }).check()
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: apply }).click()])
}

test('Arabic is right-to-left on every page, offline too', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await home.goto()
  await home.createRoom('Clients')
  await home.join('Clients')
  await device.whenInstalled()
  await device.setOffline(true)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/settings')
  await choose(page, 'العربية', 'Use this language')
  await expect(page.getByRole('heading', { level: 1, name: 'الإعدادات' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar')
  await expect(page.getByRole('region', { name: 'التخزين' })).toContainText('غرفة واحدة')
  for (const [path, heading] of [
    ['/settings', 'الإعدادات'],
    ['/history', 'السجل'],
    ['/sign-in', 'تسجيل الدخول'],
    ['/sign-up', 'إنشاء حساب'],
    ['/no/such/page', 'لا شيء هنا']
  ] as const) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth
    )
    expect(beyond, path).toBe(0)
  }
})

test('German texts, numbers and dates; changing the language loses nothing', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await home.createRoom('Clients')
  await page.getByRole('banner').getByRole('link', { name: 'Settings' }).click()
  await choose(page, 'Deutsch', 'Use this language')
  await expect(page).toHaveTitle('Einstellungen · Foyer')
  await expect(page.getByRole('status', { name: 'Synchronisierung' })).toHaveText(
    'Auf diesem Gerät gespeichert'
  )
  await expect(page.getByRole('region', { name: 'Speicher' })).toContainText('1 Raum · 0 Webinare')
  await expect(page.getByRole('region', { name: 'Diese App' })).toContainText(
    /Version vom \w+, \d+\. \w+ \d{4}/
  )
  await page.goto('/')
  await home.tile('Clients').getByRole('link', { name: 'Beitreten' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible()
  await page.goBack()
  await expect(home.tile('Clients').getByRole('time')).toHaveText(/^Zuletzt genutzt gerade eben/)
  await page.goto('/settings')
  await choose(page, 'Automatisch', 'Diese Sprache verwenden')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
})

test('text typed while the language changes is kept, offline', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  const customize = new CustomizePage(device)
  await home.goto()
  await home.createRoom('Clients')
  await device.whenInstalled()
  await device.setOffline(true)
  await customize.open('Clients')
  await customize.field('Welcome message').pressSequentially('Half a sent')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Name or command' })).toBeFocused()
  await page.keyboard.type('Deutsch')
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  await expect(page.getByRole('heading', { level: 1, name: 'Clients anpassen' })).toBeVisible()
  await expect(customize.field('Begrüßung')).toHaveValue('Half a sent')
})

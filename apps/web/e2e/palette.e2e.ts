import type { Page } from '@playwright/test'
import { CustomizePage } from './customize-page.ts'
import { expect, test } from './fixtures.ts'

/** What can be done with a room. */
const MENU = [
  'Rename and privacy',
  'Copy participant link',
  'Copy host link',
  'QR code',
  'Join',
  'Customize',
  'Duplicate',
  'Reset links',
  'Delete'
]

const palette = (page: Page) => page.getByRole('dialog', { name: 'Search and commands' })
const options = (page: Page) => palette(page).getByRole('option')

const open = async (page: Page) => {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Name or command' })).toBeFocused()
}

const selected = (page: Page) => palette(page).getByRole('option', { selected: true })

test('by keyboard: finds a room ignoring accents, and joins it', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await home.createRoom('Team')
  await home.createRoom('Café Ünïon')
  await open(page)
  await page.keyboard.type('union CAFE')
  await expect(options(page)).toHaveText([
    /Café Ünïon\s*Join/,
    ...MENU.filter(entry => entry !== 'Join').map(entry => new RegExp(entry))
  ])
  await expect(selected(page)).toHaveText(/Café Ünïon\s*Join/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Café Ünïon' })).toBeVisible()
  await page.goBack()
  await expect(home.tile('Café Ünïon')).toContainText('Last used')
  await open(page)
  await expect(options(page).first()).toContainText('Café Ünïon') // used last
})

test('a key opens a room’s actions, and the focus returns', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await home.goto()
  await home.createRoom('Clients')
  await device.whenInstalled()
  await device.setOffline(true)
  const button = page.getByRole('button', { name: 'New webinar' })
  await button.focus()
  await open(page)
  await page.keyboard.type('clie')
  await page.keyboard.press('ArrowRight')
  await expect(options(page)).toHaveText(MENU.map(entry => new RegExp(entry)))
  await page.keyboard.press('Escape') // back to everything
  await expect(options(page).first()).toContainText('Clients')
  await page.keyboard.type('clients')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.type('rename')
  await page.keyboard.press('Enter')
  await home.dialog.getByLabel('Name').fill('Customers')
  await home.dialog.getByRole('button', { name: 'Save' }).click()
  await expect(home.tile('Customers')).toBeVisible()
  await expect(button).toBeFocused()

  await open(page)
  await page.keyboard.press('Escape')
  await expect(palette(page)).toBeHidden()
  await expect(button).toBeFocused()
})

test('commands: new room, pages, theme, and arrow keys wrap around', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await open(page)
  await page.keyboard.type('new ro')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'New room' }).getByLabel('Name').fill('Clients')
  await page.keyboard.press('Enter')
  await expect(home.tile('Clients')).toBeVisible()
  await expect(palette(page)).toBeHidden()

  await home.goto()
  await open(page)
  await page.keyboard.type('go to')
  await page.keyboard.press('ArrowUp') // the last
  await expect(selected(page)).toHaveText('Go to Settings')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()

  await open(page)
  await page.keyboard.type('dark')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked()

  await open(page)
  await page.keyboard.type('nothing like it')
  await expect(palette(page)).toContainText('No results for “nothing like it”.')
})

test('by touch, on a phone', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await page.setViewportSize({ width: 390, height: 844 })
  await home.goto()
  await home.createRoom('Clients')
  await page.getByRole('button', { name: 'Search and commands' }).click()
  await options(page).filter({ hasText: 'Clients' }).locator('[aria-hidden]').last().click()
  await options(page).filter({ hasText: 'Copy participant link' }).click()
  await expect(home.messages).toHaveText('Participant link copied')
  await expect(palette(page)).toBeHidden()
})

test('the palette opens from a button, as Home has a search field', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await home.createRoom('Clients')
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 })
    const button = page.getByRole('banner').getByRole('button', { name: 'Search and commands' })
    await expect(button).toHaveText(/^\s*Commands\s*$/)
    await home.heading.click()
    await page.keyboard.press('/')
    await expect(page.getByRole('search').getByRole('searchbox')).toBeFocused()
    await open(page) // from within the field too
    await page.keyboard.press('Escape')
    await button.click()
    await expect(page.getByRole('combobox', { name: 'Name or command' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(button).toBeFocused()
  }
})

test('in Arabic, offline: left moves forward', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await home.goto()
  await home.createRoom('إدارة الأعمال')
  await device.whenInstalled()
  await device.setOffline(true)
  await open(page)
  await page.keyboard.type('العربية')
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await expect(home.tile('إدارة الأعمال')).toBeVisible() // from here on keys are heard

  await page.keyboard.press('Control+k')
  const rows = page.getByRole('dialog', { name: 'البحث والأوامر' }).getByRole('option')
  await expect(page.getByRole('combobox', { name: 'اسم أو أمر' })).toBeFocused()
  await page.keyboard.type('ادارة') // without its hamza
  await expect(rows.first()).toHaveText(/إدارة الأعمال\s*انضمام/)
  await page.keyboard.press('ArrowLeft')
  await expect(rows).toHaveCount(MENU.length)
  await expect(rows.first()).toContainText('الاسم والخصوصية')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'الاسم والخصوصية' })).toBeVisible()
})

test('typing does not open the list of keyboard shortcuts', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await page.getByRole('button', { name: 'New room' }).click()
  await home.dialog.getByLabel('Name').fill('')
  await page.keyboard.type('Why?')
  await page.keyboard.press('Control+k') // what is being filled in is not covered
  await expect(home.dialog.getByLabel('Name')).toHaveValue('Why?')
  await expect(home.dialog).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(home.dialog).toBeHidden()
  await home.heading.click()
  await page.keyboard.press('?')
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(list).toContainText('Ctrl K')
  await list.getByRole('button', { name: 'Close' }).click()
  await expect(list).toBeHidden()
})

test('the palette opens while typing in Customize', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  const customize = new CustomizePage(device)
  await home.goto()
  await home.createRoom('Clients')
  await open(page) // its code is there from here on
  await page.keyboard.press('Escape')
  await customize.open('Clients')
  await customize.field('Welcome message').evaluate((node: HTMLTextAreaElement) => {
    node.focus()
    for (const text of ['H', 'Hello']) {
      node.value = text
      node.dispatchEvent(new Event('input', { bubbles: true }))
    }
    node.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', code: 'KeyK', ctrlKey: true, bubbles: true }))
  })
  await expect(page.getByRole('combobox', { name: 'Name or command' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(customize.field('Welcome message')).toHaveValue('Hello')
})

test('a dialog opened right after closing another stays open', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await open(page) // its code is there from here on
  await page.keyboard.press('Escape')
  await expect(palette(page)).toBeHidden()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.evaluate(async () => {
    document.querySelector<HTMLDialogElement>('dialog[open]')?.requestClose() // as Escape does
    while (document.querySelector('dialog[open]') !== null) await Promise.resolve()
    dispatchEvent(new KeyboardEvent('keydown', { key: 'k', code: 'KeyK', ctrlKey: true }))
    // The browser's word that the first one is closed comes by now.
    await new Promise(resolve => setTimeout(resolve))
  })
  await expect(page.getByRole('combobox', { name: 'Name or command' })).toBeFocused()
  await page.keyboard.type('go to')
  await expect(options(page).first()).toContainText('Go to')
})

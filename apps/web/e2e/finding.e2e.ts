import type { Page } from '@playwright/test'
import type { Device } from './device.ts'
import { expect, test } from './fixtures.ts'
import { addRooms } from './many-items.ts'

const MANY = 1_200

const searchField = (page: Page) =>
  page.getByRole('search').getByRole('searchbox', { name: 'Search rooms and webinars' })
const result = (page: Page) => page.getByRole('status', { name: 'Search result' })
const focusedTile = (page: Page) => page.locator('article:focus-within').getByRole('heading')

const withSomeItems = async (device: Device) => {
  const { home } = device
  await home.goto()
  await home.createRoom('Café Zürich')
  await home.createRoom('Clients')
  await home.createRoom('إدارة الأعمال')
  await home.createWebinar('Kaffee für alle', '2031-06-01T18:30')
}

test('search ignores accents and case, and highlights matches', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await home.goto()
  await expect(page.getByRole('search')).toBeHidden() // there is nothing to look for
  await withSomeItems(device)

  await page.keyboard.press('/')
  await expect(searchField(page)).toBeFocused()
  await page.keyboard.type('ZURICH caf')
  await home.expectTiles(home.rooms, ['Café Zürich'])
  await expect(home.tile('Café Zürich').locator('mark')).toHaveText(['Caf', 'Zürich'])
  await home.expectTiles(home.webinars, [])
  await expect(result(page)).toHaveText('1 found')
  await searchField(page).fill('ادارة')
  await home.expectTiles(home.rooms, ['إدارة الأعمال'])

  await page.keyboard.press('Escape')
  await expect(searchField(page)).toHaveValue('')
  await home.expectTiles(home.rooms, ['إدارة الأعمال', 'Clients', 'Café Zürich'])
  await searchField(page).fill('af')
  await expect(result(page)).toHaveText('2 found')
  await home.expectTiles(home.webinars, ['Kaffee für alle'])
})

test('a code or a link finds its item, offline too', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await withSomeItems(device)
  await device.whenInstalled()
  const link = await home.copyParticipantLink('Clients')
  await home.rename('Clients', 'Customers')
  await device.setOffline(true)
  await page.reload()
  for (const text of [link, link.slice(-10), link.slice(-6).toUpperCase()]) {
    await searchField(page).fill(text)
    await home.expectTiles(page.getByRole('main'), ['Customers'])
  }
})

test('a search without results can be cleared', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await withSomeItems(device)
  await searchField(page).fill('nowhere')
  await expect(page.getByText('No results for “nowhere”')).toBeVisible()
  await expect(result(page)).toHaveText('No results')
  await page.getByRole('button', { name: 'Clear search' }).click()
  await expect(searchField(page)).toBeFocused()
  await expect(home.rooms.getByRole('article')).toHaveCount(3)
})

test('going back from a room restores the search, choosing Home clears it', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await withSomeItems(device)
  await searchField(page).fill('clie')
  await home.expectTiles(home.rooms, ['Clients'])
  await home.join('Clients')
  await page.goBack()
  await expect(searchField(page)).toHaveValue('clie')
  await home.expectTiles(home.rooms, ['Clients'])
  await page.getByRole('link', { name: 'Home', exact: true }).click()
  await expect(searchField(page)).toHaveValue('')
  await expect(home.rooms.getByRole('article')).toHaveCount(3)
})

test('creating a room clears the search', async ({ newDevice }) => {
  const device = await newDevice()
  await withSomeItems(device)
  await searchField(device.page).fill('clie')
  await device.home.createRoom('Workshop')
})

test('the chosen order is stored on the device', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  for (const name of ['Room 10', 'élan', 'Room 9']) await home.createRoom(name)
  await home.join('Room 10')
  await page.goBack()
  const order = page.getByRole('combobox', { name: 'Sort rooms by' })
  await expect(order).toHaveValue('used')
  await home.expectTiles(home.rooms, ['Room 10', 'Room 9', 'élan'])
  await order.selectOption('Newest')
  await home.expectTiles(home.rooms, ['Room 9', 'élan', 'Room 10'])
  await order.selectOption('Name')
  await home.expectTiles(home.rooms, ['élan', 'Room 9', 'Room 10'])
  await page.reload()
  await home.expectTiles(home.rooms, ['élan', 'Room 9', 'Room 10'])
})

test('without an account, pins work offline and survive a reload', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await withSomeItems(device)
  await home.createWebinar('Later', '2031-12-01T10:00')
  await device.whenInstalled()
  await device.setOffline(true)
  await page.getByRole('button', { name: 'Pin Café Zürich' }).press('Enter')
  const unpin = page.getByRole('button', { name: 'Unpin Café Zürich' })
  await expect(unpin).toBeFocused() // the tile has moved, and the focus with it
  await expect(unpin).toHaveAttribute('aria-pressed', 'true')
  await home.tile('Later').hover()
  await page.getByRole('button', { name: 'Pin Later' }).click()
  const expectPinned = async () => {
    await home.expectTiles(home.rooms, ['Café Zürich', 'إدارة الأعمال', 'Clients'])
    await home.expectTiles(home.webinars, ['Later', 'Kaffee für alle'])
  }
  await expectPinned()
  await page.reload()
  await expectPinned()
  await unpin.click()
  await home.expectTiles(home.rooms, ['إدارة الأعمال', 'Clients', 'Café Zürich'])
})

test('pins sync to the person’s other device, also after unpinning offline', async ({ twoDevices }) => {
  const { laptop, tablet } = await twoDevices('Clients', 'Team')
  const expectFirst = (device: Device, names: string[]) => device.home.expectTiles(device.home.rooms, names)
  const told = () =>
    laptop.page.waitForResponse(
      response => response.url().includes('/pins') && response.request().method() === 'PUT'
    )
  await expectFirst(tablet, ['Team', 'Clients'])
  await Promise.all([told(), laptop.page.getByRole('button', { name: 'Pin Clients' }).press('Enter')])
  await expectFirst(laptop, ['Clients', 'Team'])
  await tablet.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expectFirst(tablet, ['Clients', 'Team'])

  await laptop.setOffline(true)
  await laptop.page.getByRole('button', { name: 'Unpin Clients' }).press('Enter')
  await expectFirst(laptop, ['Team', 'Clients'])
  await laptop.page.reload()
  await expectFirst(laptop, ['Team', 'Clients'])
  await Promise.all([told(), laptop.setOffline(false)])
  await tablet.page.reload()
  await expectFirst(tablet, ['Team', 'Clients'])
})

test('arrow keys move among tiles by position, and Tab works as usual', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  for (const name of ['Five', 'Four', 'Three', 'Two', 'One']) await home.createRoom(name)
  await searchField(page).focus()
  await page.keyboard.press('ArrowDown')
  await expect(home.tile('One').getByRole('link', { name: 'Join' })).toBeFocused()
  const steps: [key: string, name: string][] = [
    ['ArrowRight', 'Two'],
    ['ArrowDown', 'Five'], // three stand in a row
    ['ArrowUp', 'Two'],
    ['ArrowLeft', 'One'],
    ['ArrowLeft', 'One'],
    ['End', 'Five'],
    ['Home', 'One']
  ]
  for (const [key, name] of steps) {
    await page.keyboard.press(key)
    await expect(focusedTile(page)).toHaveText(name)
  }
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Settings for Two' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('button', { name: 'Settings for Three' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menu')).toBeVisible() // which is what the button does with it
})

test('long lists render only the rows around the screen, and all can be reached', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await home.goto()
  await home.createWebinar('At the end', '2031-06-01T18:30')
  await addRooms(device, MANY)
  const tiles = home.rooms.getByRole('listitem')
  await expect(home.tile('Room 1')).toBeVisible()
  await expect(tiles.first()).toHaveAttribute('aria-setsize', String(MANY))
  await expect.poll(() => tiles.count()).toBeLessThan(60)

  await home.tile('Room 2').getByRole('link', { name: 'Join' }).focus()
  await page.keyboard.press('End')
  await expect(focusedTile(page)).toHaveText(`Room ${String(MANY)}`)
  await expect(home.tile(`Room ${String(MANY)}`)).toBeInViewport()
  await page.keyboard.press('ArrowLeft')
  await expect(focusedTile(page)).toHaveText(`Room ${String(MANY - 1)}`)

  // Scrolled away from, the tile with the focus stays where it is.
  await page.evaluate(() => {
    scrollTo(0, 0)
  })
  await expect(home.tile('Room 1')).toBeInViewport()
  await expect(focusedTile(page)).toHaveText(`Room ${String(MANY - 1)}`)
  await page.keyboard.press('ArrowRight')
  await expect(home.tile(`Room ${String(MANY)}`)).toBeInViewport()

  await page.getByRole('link', { name: 'Webinars' }).click()
  await expect(home.tile('At the end')).toBeInViewport()

  await searchField(page).fill('room 1199')
  await home.expectTiles(home.rooms, ['Room 1199'])
  await expect(tiles).toHaveAttribute('aria-posinset', '1')
})

test('going back from a room scrolls to it in a long list', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await home.goto()
  await addRooms(device, MANY)
  await page.getByRole('combobox', { name: 'Sort rooms by' }).selectOption('Name')
  await home.tile('Room 1').getByRole('link', { name: 'Join' }).focus()
  await page.keyboard.press('End')
  await expect(home.tile('Room 1200')).toBeInViewport()
  await home.join('Room 1195')
  await page.goBack()
  await expect(home.tile('Room 1195')).toBeInViewport()
})

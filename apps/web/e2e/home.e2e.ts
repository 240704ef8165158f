import { expect, test } from './fixtures.ts'

test('a: rooms and webinars and their order survive a reload', async ({ newDevice, email }) => {
  const device = await newDevice()
  const { home, page } = device
  await device.signUp(email)

  await home.createRoom('Stand-up')
  await home.createRoom('Clients')
  await home.createRoom('Studio')
  await home.createWebinar('Later', '2031-12-01T10:00')
  await home.createWebinar('Sooner', '2031-06-01T18:30', 'America/New_York', '90')
  await home.join('Stand-up')
  await page.goBack()

  const expectAll = async () => {
    await home.expectTiles(home.rooms, ['Stand-up', 'Studio', 'Clients'])
    await home.expectTiles(home.webinars, ['Sooner', 'Later'])
    await expect(home.tile('Stand-up')).toContainText('Last used')
    await expect(home.tile('Studio')).toContainText('Not used yet')
    // 18:30 in New York is half past midnight in Berlin, where this browser is.
    await expect(home.tile('Sooner')).toContainText('2 Jun 2031')
    await expect(home.tile('Sooner')).toContainText('00:30')
    await expect(home.tile('Sooner')).toContainText('1 h 30 min')
  }
  await expectAll()
  await home.expectSynced()
  await page.reload()
  await expectAll()
})

test('a new room comes first and is announced', async ({ newDevice }) => {
  const { home } = await newDevice()
  await home.goto()
  await home.createRoom('First')
  await home.createRoom('Second')
  await expect(home.messages).toHaveText('Room “Second” was created')
  await home.expectTiles(home.rooms, ['Second', 'First'])
})

test('the page has its landmarks', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  const main = page.getByRole('navigation', { name: 'Main' })
  await expect(main.getByRole('link')).toHaveText(['Home', 'Webinars', 'History'])
  await expect(page.getByRole('region', { name: 'Create new' }).getByRole('button')).toHaveText([
    'New room',
    'New webinar'
  ])
  await main.getByRole('link', { name: 'Webinars' }).click()
  await expect(home.webinars).toBeFocused()
  await main.getByRole('link', { name: 'History' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'History' })).toBeVisible()
})

test('a deleted room is restored with the same link', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await home.createRoom('Clients')
  const link = await home.copyParticipantLink('Clients')
  await home.delete('Clients')

  await page.getByRole('link', { name: 'Recently deleted' }).click()
  await page.getByRole('button', { name: 'Restore Clients' }).click()
  await expect(page.getByRole('main')).toContainText('Nothing was deleted')
  await page.getByRole('link', { name: 'Home', exact: true }).click()
  expect(await home.copyParticipantLink('Clients')).toBe(link)
})

test('without clipboard access the link can be selected', async ({ newDevice }) => {
  const device = await newDevice()
  await device.forbidClipboard()
  await device.home.goto()
  await device.home.createRoom('Clients')
  await device.home.choose('Clients', 'Copy participant link')
  const field = device.page.getByRole('dialog', { name: 'Participant link' }).getByRole('textbox')
  await expect(field).toHaveValue(/\/r\/clients-[a-z2-7]{10}$/)
  await expect(field).toBeFocused()
})

test('the menu works by keyboard', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await home.createRoom('Clients')
  const button = page.getByRole('button', { name: 'Settings for Clients' })
  await button.focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: 'Rename and privacy' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: 'Copy participant link' })).toBeFocused()
  await page.keyboard.press('End')
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: 'Rename and privacy' })).toBeFocused()
  await page.keyboard.press('j')
  await expect(page.getByRole('menuitem', { name: 'Join' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
  await expect(button).toBeFocused()

  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Rename and privacy' }).getByLabel('Name')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(home.dialog).toBeHidden()
  await expect(button).toBeFocused()
})

test('History links to used rooms, and their page back to Home', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await home.createRoom('Clients')
  await page.goto('/history')
  await expect(page.getByRole('main')).toContainText('Nothing used yet')
  await page.getByRole('main').getByRole('link', { name: 'Go to Home' }).click()
  await home.join('Clients')
  await page.goto('/history')
  await page.getByRole('listitem').getByRole('link', { name: 'Clients' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible()
  await expect(page.getByRole('article')).toContainText('You are the host of this room')
  await page.getByRole('link', { name: 'Back to Home' }).click()
  await expect(home.tile('Clients')).toBeVisible()
})

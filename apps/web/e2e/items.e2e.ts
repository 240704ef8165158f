import { readFile } from 'node:fs/promises'
import { expect, test } from './fixtures.ts'
import { smallTargets } from './touch-targets.ts'

test('an unused name is suggested, and typing replaces it', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await page.getByRole('button', { name: 'New room' }).click()
  const field = home.dialog.getByLabel('Name')
  await expect(field).toBeFocused()
  const first = await field.inputValue()
  expect(first).not.toBe('')
  await page.keyboard.press('Enter')
  await expect(home.tile(first)).toBeVisible()

  await page.getByRole('button', { name: 'New room' }).click()
  await expect(field).not.toHaveValue(first)
  await page.keyboard.type('Clients')
  await page.keyboard.press('Enter')
  await expect(home.tile('Clients')).toBeVisible()
})

test('a new room’s links are shown, offline too, and are next in the focus order', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await home.goto()
  await device.whenInstalled()
  await device.setOffline(true)
  await home.createRoom('Clients')
  const card = home.linksOf('Clients')
  await expect(card).toBeVisible()
  await expect(page.getByRole('dialog')).toBeHidden()

  const opener = page.getByRole('button', { name: 'New room' })
  await expect(opener).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(card.getByRole('button').first()).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await expect(opener).toBeFocused()
  await page.keyboard.press('Tab')
  await card.getByRole('button', { name: 'Copy participant link' }).focus()
  await page.keyboard.press('Enter')
  await expect(home.messages).toHaveText('Participant link copied')
  const link = await device.clipboard()
  expect(link).toMatch(/\/r\/clients-[a-z2-7]{10}$/)
  await card.getByRole('button', { name: 'Copy host link' }).click()
  await expect(home.messages).toHaveText('Host link copied')
  expect(await device.clipboard()).toMatch(/#host=[\w-]{22}$/)
  expect(await home.copyParticipantLink('Clients')).toBe(link)

  await card.getByRole('button', { name: 'QR code' }).focus()
  await page.keyboard.press('Escape')
  await expect(card).toBeHidden()
  await expect(opener).toBeFocused()
})

test('items made offline sync completely, and their links work for guests', async ({
  newDevice,
  twoDevices
}) => {
  const { laptop, tablet } = await twoDevices()
  await laptop.setOffline(true)
  await laptop.home.createRoom('Clients')
  await laptop.home.linksOf('Clients').getByRole('button', { name: 'Copy participant link' }).click()
  await expect(laptop.home.messages).toHaveText('Participant link copied')
  const link = await laptop.clipboard()
  await laptop.home.createWebinar('Launch', '2031-12-01T10:00', 'America/New_York', '90')
  await laptop.home.choose('Launch', 'Rename and privacy')
  await laptop.home.dialog.getByLabel('Description').fill('What is new')
  await laptop.home.dialog.getByRole('button', { name: 'Save' }).click()
  await expect(laptop.home.dialog).toBeHidden()
  const guest = await newDevice()
  await guest.page.goto(link)
  await expect(guest.page.getByRole('heading', { level: 1, name: 'not been published' })).toBeVisible()

  await laptop.setOffline(false)
  await expect(tablet.home.tile('Clients')).toBeVisible()
  expect(await tablet.home.copyParticipantLink('Clients')).toBe(link)
  await tablet.home.choose('Launch', 'Rename and privacy')
  const form = tablet.home.dialog
  await expect(form.getByLabel('Description')).toHaveValue('What is new')
  await expect(form.getByLabel('Starts')).toHaveValue('2031-12-01T10:00')
  await expect(form.getByLabel('Time zone')).toHaveValue('America/New_York')
  await expect(form.getByLabel('Length')).toHaveValue('90')
  await expect(guest.page.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible({
    timeout: 20_000
  })
})

test('the links card is replaced by the next one and closed by navigation', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await home.createRoom('First')
  await home.createRoom('Second')
  await expect(home.linksOf('Second')).toBeVisible()
  await expect(home.linksOf('First')).toBeHidden()
  await expect(page.getByRole('button', { name: 'New room' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(home.linksOf('Second').getByRole('button').first()).toBeFocused()
  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'History' })).toBeVisible()
  await expect(home.linksOf('Second')).toBeHidden()
})

for (const [where, size] of [
  ['on a wide screen', { width: 1280, height: 900 }],
  ['on a phone', { width: 390, height: 844 }]
] as const) {
  test(`the links card covers nothing, ${where}`, async ({ newDevice }) => {
    const { home, page } = await newDevice()
    await page.setViewportSize(size)
    await home.goto()
    await home.createRoom('Team')
    await home.createRoom('Clients')
    const card = home.linksOf('Clients')
    await expect(card).toBeInViewport({ ratio: 1 })
    const under = [
      home.sync,
      page.getByRole('button', { name: 'New room' }),
      page.getByRole('searchbox'),
      home.tile('Clients'),
      home.tile('Team'),
      page.getByRole('navigation', { name: 'Main' })
    ]
    for (const other of under) {
      const [a, b] = [await card.boundingBox(), await other.boundingBox()]
      if (a === null || b === null) throw new Error('not on the page')
      const isBeside =
        a.y + a.height <= b.y || b.y + b.height <= a.y || a.x + a.width <= b.x || b.x + b.width <= a.x
      expect(isBeside, `${JSON.stringify(a)} and ${JSON.stringify(b)}`).toBe(true)
    }
    expect(await smallTargets(page)).toEqual([])

    const before = (await home.tile('Clients').boundingBox())?.y ?? 0
    await card.getByRole('button', { name: 'Close' }).click()
    await expect(card).toBeHidden()
    expect((await home.tile('Clients').boundingBox())?.y).toBeLessThan(before)
  })
}

test('reset links far down are scrolled into view, and Escape returns', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await page.setViewportSize({ width: 390, height: 600 })
  await home.goto()
  for (const name of ['One', 'Two', 'Three']) await home.createRoom(name)
  await home.choose('One', 'Duplicate')
  const card = home.linksOf('One (copy)')
  await expect(card.getByRole('heading')).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Tab')
  await expect(card.getByRole('button').first()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(card).toBeHidden()
  const menu = page.getByRole('button', { name: 'Settings for One', exact: true })
  await expect(menu).toBeFocused()
  await expect(menu).toBeInViewport({ ratio: 1 })
})

test('links of an item created on another page are shown at its top', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await page.goto('/settings')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Name or command' })).toBeFocused()
  await page.keyboard.type('new room')
  await page.keyboard.press('Enter')
  await home.dialog.getByLabel('Name').fill('Clients')
  await page.keyboard.press('Enter')
  await expect(home.linksOf('Clients')).toBeInViewport({ ratio: 1 })
})

test('every entry of the menus works by keyboard', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await home.createRoom('Clients')
  await home.createWebinar('Launch', '2031-12-01T10:00')
  const open = async (name: string) => {
    await page.getByRole('button', { name: `Settings for ${name}`, exact: true }).focus()
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('menuitem').first()).toBeFocused()
  }
  const choose = async (name: string, entry: string) => {
    await open(name)
    const entries = await page.getByRole('menuitem').allInnerTexts()
    for (let at = 0; at < entries.indexOf(entry); at++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
  }
  await open('Clients')
  await expect(page.getByRole('menuitem')).toHaveText([
    'Rename and privacy',
    'Copy participant link',
    'Copy host link',
    'QR code',
    'Join',
    'Customize',
    'Duplicate',
    'Reset links',
    'Delete'
  ])
  await page.keyboard.press('Escape')
  await open('Launch')
  await expect(page.getByRole('menuitem')).toHaveText([
    'Rename and privacy',
    'Copy participant link',
    'Copy host link',
    'QR code',
    'Start webinar',
    'Customize',
    'Duplicate',
    'Add to calendar',
    'Reset links',
    'Delete'
  ])
  await page.keyboard.press('Escape')

  for (const [entry, title] of [
    ['Rename and privacy', 'Rename and privacy'],
    ['QR code', 'QR code for Launch'],
    ['Add to calendar', 'Add Launch to your calendar'],
    ['Reset links', 'Reset links for Launch?'],
    ['Delete', 'Delete Launch?']
  ] as const) {
    await choose('Launch', entry)
    await expect(page.getByRole('dialog', { name: title })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(home.dialog).toBeHidden()
    await expect(page.getByRole('button', { name: 'Settings for Launch' })).toBeFocused()
  }
  await choose('Clients', 'Copy participant link')
  await expect(home.messages).toHaveText('Participant link copied')
  await choose('Clients', 'Copy host link')
  await expect(home.messages).toHaveText('Host link copied')
  await choose('Clients', 'Duplicate')
  await home.expectTiles(home.rooms, ['Clients (copy)', 'Clients'])
  await choose('Clients', 'Customize')
  await expect(page).toHaveURL(/\/customize\/[\w-]{21}$/)
  await page.goBack()
  await choose('Clients', 'Join')
  await expect(page.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible()
})

test('menus and dialogs have large touch targets', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await page.setViewportSize({ width: 390, height: 844 })
  await home.goto()
  await home.createWebinar('Launch', '2031-12-01T10:00')
  await page.getByRole('button', { name: 'Settings for Launch' }).click()
  expect(await smallTargets(page)).toEqual([])
  await page.keyboard.press('Escape')
  for (const entry of ['Rename and privacy', 'QR code', 'Add to calendar', 'Reset links', 'Delete']) {
    await home.choose('Launch', entry)
    await expect(home.dialog).toBeVisible()
    expect(await smallTargets(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect(home.dialog).toBeHidden()
  }
})

test('a long form’s buttons stay visible', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await page.setViewportSize({ width: 390, height: 560 })
  await home.goto()
  await page.getByRole('button', { name: 'New webinar' }).click()
  await expect(home.dialog.getByRole('button', { name: 'Create' })).toBeInViewport({ ratio: 1 })
  await home.dialog.getByLabel('Who can join').focus()
  await expect(home.dialog.getByRole('button', { name: 'Create' })).toBeInViewport({ ratio: 1 })
})

test('a copy has everything but the links and the time of use', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await home.goto()
  await device.whenInstalled()
  await device.setOffline(true)
  await home.createRoom('Clients')
  await home.choose('Clients', 'Rename and privacy')
  await home.dialog.getByLabel('Who can join').selectOption('Team only')
  await home.dialog.getByRole('button', { name: 'Save' }).click()
  await home.join('Clients')
  await page.goBack()

  await home.choose('Clients', 'Duplicate')
  await expect(home.messages).toHaveText('“Clients (copy)” was created')
  await home.expectTiles(home.rooms, ['Clients (copy)', 'Clients'])
  await expect(home.tile('Clients (copy)')).toContainText('Not used yet')
  await expect(home.linksOf('Clients (copy)')).toBeVisible()
  expect(await home.copyParticipantLink('Clients (copy)')).toContain('/r/clients-copy-')
  await home.choose('Clients (copy)', 'Rename and privacy')
  await expect(home.dialog.getByLabel('Who can join')).toHaveValue('team')
  await page.keyboard.press('Escape')

  await home.createWebinar('Launch', '2031-12-01T10:00', 'America/New_York', '90')
  await home.choose('Launch', 'Duplicate')
  await expect(home.tile('Launch (copy)')).toContainText('1 h 30 min')
})

test('resetting replaces the links, after a warning', async ({ newDevice, newHost }) => {
  const laptop = await newHost('Clients')
  const { home, page } = laptop
  const before = await home.copyParticipantLink('Clients')
  const hostBefore = await home.copyHostLink('Clients')
  await home.expectSynced()

  await home.choose('Clients', 'Reset links')
  const dialog = page.getByRole('dialog', { name: 'Reset links for Clients?' })
  await expect(dialog).toContainText('Every participant link, host link and QR code')
  await expect(dialog).toContainText('People in the meeting now can stay')
  await expect(dialog).toContainText('can’t be undone')
  await dialog.getByRole('button', { name: 'Reset links' }).click()
  await expect(home.linksOf('Clients')).toBeVisible()
  const after = await home.copyParticipantLink('Clients')
  expect(after).not.toBe(before)
  expect(await home.copyHostLink('Clients')).not.toBe(hostBefore)
  await home.expectSynced()

  const guest = await newDevice()
  await guest.page.goto(before)
  await expect(guest.page.getByRole('heading', { level: 1, name: 'no longer works' })).toBeVisible()
  await guest.page.goto(after)
  await expect(guest.page.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible()
})

test('links reset on two offline devices converge, and the old ones stop working', async ({
  newDevice,
  twoDevices
}) => {
  const { laptop, tablet } = await twoDevices('Clients')
  const before = await laptop.home.copyParticipantLink('Clients')
  const guest = await newDevice()
  const shown = (name: string) => guest.page.getByRole('heading', { level: 1, name })
  for (const device of [laptop, tablet]) {
    const { home, page } = device
    await device.setOffline(true)
    await home.choose('Clients', 'Reset links')
    const dialog = page.getByRole('dialog', { name: 'Reset links for Clients?' })
    await expect(dialog).toContainText('the old links stop working when this device is back online')
    await dialog.getByRole('button', { name: 'Reset links' }).click()
    expect(await home.copyParticipantLink('Clients')).not.toBe(before)
  }
  await guest.page.goto(before)
  await expect(shown('Clients')).toBeVisible() // nobody has told the server yet

  for (const device of [tablet, laptop]) {
    await device.setOffline(false)
    await device.home.expectSynced()
  }
  const after = await laptop.home.copyParticipantLink('Clients')
  await expect.poll(() => tablet.home.copyParticipantLink('Clients')).toBe(after)
  expect(await tablet.home.copyHostLink('Clients')).toBe(await laptop.home.copyHostLink('Clients'))
  await guest.page.goto(after)
  await expect(shown('Clients')).toBeVisible()
  await guest.page.goto(before)
  await expect(shown('no longer works')).toBeVisible()
})

test('the QR code contains the participant link and can be saved, offline too', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await home.goto()
  await device.whenInstalled()
  await device.setOffline(true)
  await home.createRoom('Clients')
  const link = await home.copyParticipantLink('Clients')
  await home.choose('Clients', 'QR code')
  const dialog = page.getByRole('dialog', { name: 'QR code for Clients' })
  await expect(dialog.getByRole('img', { name: 'QR code for the participant link' })).toBeVisible()
  await expect(dialog).toContainText(link.replace(/^https?:\/\//, ''))
  for (const [format, begin] of [
    ['PNG', '\u0089PNG'],
    ['SVG', '<svg']
  ] as const) {
    const coming = page.waitForEvent('download')
    await dialog.getByRole('button', { name: `Download ${format}` }).click()
    const file = await coming
    expect(file.suggestedFilename()).toBe(`${link.split('/').at(-1) ?? ''}.${format.toLowerCase()}`)
    expect((await readFile(await file.path(), 'latin1')).slice(0, 4)).toBe(begin)
  }
  await dialog.getByRole('button', { name: 'Copy picture' }).click()
  await expect(home.messages).toHaveText('Picture copied')
})

test('the form reports a deletion by another device and keeps what was typed', async ({ twoDevices }) => {
  const { laptop, tablet } = await twoDevices('Clients')
  await laptop.home.choose('Clients', 'Rename and privacy')
  await laptop.home.dialog.getByLabel('Name').fill('Customers')
  await tablet.home.delete('Clients')

  const form = laptop.home.dialog
  await expect(form.getByRole('alert')).toContainText('was deleted in the meantime')
  await expect(form.getByLabel('Name')).toHaveValue('Customers')
  await form.getByRole('button', { name: 'Restore and save' }).click()
  await expect(laptop.home.tile('Customers')).toBeVisible()
  await expect(tablet.home.tile('Customers')).toBeVisible()
})

test('past times and other zones are explained, and a city selects a zone', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await page.getByRole('button', { name: 'New webinar' }).click()
  const zone = home.dialog.getByLabel('Time zone')
  await expect(zone).toHaveValue('Europe/Berlin')
  await home.dialog.getByLabel('Starts').fill('2001-07-01T10:00')
  await expect(home.dialog.getByLabel('Starts')).toHaveAccessibleDescription('This is in the past.')
  await home.dialog.getByLabel('Starts').fill('2031-07-01T10:00')
  await expect(home.dialog.getByLabel('Starts')).toHaveAccessibleDescription(/Tue,? 1 Jul 2031, 10:00/)
  await zone.fill('new york')
  await zone.blur()
  await expect(zone).toHaveValue('America/New_York')
  await expect(zone).toHaveAccessibleDescription(/GMT-4 · .*16:00 for you/)
  await zone.fill('Atlantis')
  await zone.blur()
  await expect(zone).toHaveAccessibleDescription('There is no such time zone.')
  await home.dialog.getByLabel('Length').fill('90')
  await expect(home.dialog.getByLabel('Length')).toHaveAccessibleDescription('1 h 30 min')
})

import { expect, test } from './fixtures.ts'

test('names that are empty, blank or too long are refused at the field', async ({ newDevice }) => {
  const { home } = await newDevice()
  await home.goto()
  for (const [name, message] of [
    ['', 'The name is empty.'],
    ['   ', 'The name is empty.'],
    ['x'.repeat(121), 'The name is longer than 120 characters.']
  ] as const) {
    await home.startRoom(name)
    const field = home.dialog.getByLabel('Name')
    await expect(field).toHaveAccessibleDescription(message)
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(field).toBeFocused()
    await expect(field).toHaveValue(name)
    await home.dialog.getByRole('button', { name: 'Cancel' }).click()
  }
  await expect(home.rooms.getByRole('article')).toHaveCount(0)
  await home.createRoom('x'.repeat(120))
})

test('a refused rename changes nothing', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await home.createRoom('Clients')
  await home.choose('Clients', 'Rename and privacy')
  await home.dialog.getByLabel('Name').fill('')
  await home.dialog.getByRole('button', { name: 'Save' }).click()
  await expect(home.dialog.getByLabel('Name')).toHaveAccessibleDescription('The name is empty.')
  await page.keyboard.press('Escape')
  await expect(home.tile('Clients')).toBeVisible()
})

test('an invalid time, zone or length of a webinar is refused', async ({ newDevice }) => {
  const { home } = await newDevice()
  await home.goto()
  for (const [field, message, starts, zone, minutes] of [
    ['Starts', /clocks go forward/, '2031-03-30T02:30', 'Europe/Berlin', '45'],
    ['Starts', /not a date and a time/, '', 'Europe/Berlin', '45'],
    ['Time zone', /no such time zone/, '2031-03-30T10:30', 'Europe/Atlantis', '45'],
    ['Length', /less than a minute/, '2031-03-30T10:30', 'Europe/Berlin', '0'],
    ['Length', /more than 24 hours/, '2031-03-30T10:30', 'Europe/Berlin', '1441'],
    ['Length', /not a number/, '2031-03-30T10:30', 'Europe/Berlin', '']
  ] as const) {
    await home.startWebinar('Launch', starts, zone, minutes)
    await expect(home.dialog.getByLabel(field)).toHaveAccessibleDescription(message)
    await expect(home.dialog.getByLabel(field)).toBeFocused()
    await expect(home.dialog.getByLabel('Name')).toHaveValue('Launch')
    await home.dialog.getByRole('button', { name: 'Cancel' }).click()
  }
  await expect(home.webinars.getByRole('article')).toHaveCount(0)
})

test('an unknown address shows the error page', async ({ newDevice }) => {
  const { page } = await newDevice()
  await page.goto('/no/such/page')
  await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible()
  await page.getByRole('link', { name: 'Go to Home' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
})

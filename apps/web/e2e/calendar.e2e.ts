import { readFile } from 'node:fs/promises'
import { expect, test } from './fixtures.ts'

test('a calendar file works offline; services that need a connection say so', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await home.goto()
  await device.whenInstalled()
  await device.setOffline(true)
  await home.createWebinar('Launch, part 1', '2031-06-01T18:30', 'America/New_York', '90')
  const link = await home.copyParticipantLink('Launch, part 1')

  await home.choose('Launch, part 1', 'Add to calendar')
  const dialog = page.getByRole('dialog', { name: 'Add Launch, part 1 to your calendar' })
  await expect(dialog.getByRole('status')).toContainText('You’re offline')
  const coming = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download calendar file' }).click()
  const file = await coming
  expect(file.suggestedFilename()).toMatch(/^launch-part-1-[a-z2-7]{10}\.ics$/)
  const ics = await readFile(await file.path(), 'utf8')
  const lines = ics.replaceAll('\r\n ', '').split('\r\n')
  expect(lines).toContain('BEGIN:VTIMEZONE')
  expect(lines).toContain('TZID:America/New_York')
  expect(lines).toContain('DTSTART;TZID=America/New_York:20310601T183000')
  expect(lines).toContain('DTEND;TZID=America/New_York:20310601T200000')
  expect(lines).toContain('SUMMARY:Launch\\, part 1')
  expect(lines).toContain(`LOCATION:${link}`)
  expect(ics).not.toContain('#host=')

  await device.setOffline(false)
  await expect(dialog.getByRole('status')).toBeEmpty()
})

test('Google and Outlook get the right time, in a new tab', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await home.createWebinar('Launch', '2031-06-01T18:30', 'America/New_York', '90')
  await home.linksOf('Launch').getByRole('button', { name: 'Add to calendar' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add Launch to your calendar' })
  const queryOf = async (name: string) => {
    const link = dialog.getByRole('link', { name, exact: true })
    await expect(link).toHaveAttribute('target', '_blank')
    await expect(link).toHaveAttribute('rel', /noopener/)
    return Object.fromEntries(new URL((await link.getAttribute('href')) ?? '').searchParams)
  }
  expect(await queryOf('Add to Google Calendar')).toMatchObject({
    text: 'Launch',
    dates: '20310601T183000/20310601T200000',
    ctz: 'America/New_York'
  })
  for (const name of ['Add to Outlook', 'Add to Outlook for work or school']) {
    expect(await queryOf(name)).toMatchObject({
      startdt: '2031-06-01T22:30:00Z',
      enddt: '2031-06-02T00:00:00Z'
    })
  }
  await page.keyboard.press('Escape')
  await expect(home.linksOf('Launch').getByRole('button', { name: 'Add to calendar' })).toBeFocused()
})

test('the calendar dialog follows a webinar rescheduled on another device', async ({ twoDevices }) => {
  const { laptop, tablet } = await twoDevices()
  await laptop.home.createWebinar('Launch', '2031-06-01T18:30')
  await tablet.home.choose('Launch', 'Add to calendar')
  const link = tablet.home.dialog.getByRole('link', { name: 'Add to Google Calendar' })
  await expect(link).toHaveAttribute('href', /20310601T183000/)
  await laptop.home.choose('Launch', 'Rename and privacy')
  await laptop.home.dialog.getByLabel('Starts').fill('2031-07-02T09:00')
  await laptop.home.dialog.getByRole('button', { name: 'Save' }).click()
  await expect(link).toHaveAttribute('href', /20310702T090000/)
})

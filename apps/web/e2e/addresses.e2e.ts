import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const NO_LINK = 'This link is incomplete or mistyped'

test('addresses: mistyped links still open, and invalid ones show an error at once', async ({
  newDevice,
  newHost
}) => {
  const host = await newHost('Weekly sync')
  const link = new URL(await host.home.copyHostLink('Weekly sync'))
  const slug = link.pathname.slice('/r/'.length)
  const { page } = await newDevice()
  for (const address of [
    `/r/${slug.toUpperCase()}`,
    `/R/${slug}//`,
    `/r///(${slug}).`,
    `/r/${slug}%`,
    `/r/%E2%80%8B${slug}%E0%A4%A?from=mail`
  ]) {
    await page.goto(address)
    await expect(heading(page, 'Weekly sync')).toBeVisible()
    await expect(page).toHaveURL(link.origin + link.pathname)
  }
  await page.goto(`/r/${slug}).%23${link.hash.slice(1)}`)
  await expect(page.getByRole('article')).toContainText('You are the host of this room')
  await expect(page).toHaveURL(link.href)

  for (const address of ['/r/50%', '/r/%E0%A4%A', '/r/weekly-sync', '/r//%20', `/r/${slug.slice(0, -1)}`]) {
    await page.goto(address)
    await expect(heading(page, NO_LINK)).toBeVisible()
    await expect(page.getByRole('main')).not.toContainText('Trying again')
  }
  // A slug that nobody made is told from one that waits, and is looked for all the same.
  const other = slug.endsWith('a') ? 'b' : 'a'
  await page.goto(`/r/${slug.slice(0, -1)}${other}`)
  await expect(heading(page, 'There is nothing at this link')).toBeVisible()
  await expect(page.getByRole('main')).toContainText('Trying again')
})

test('addresses: an invalid percent escape does not break the app', async ({ newDevice, newHost }) => {
  const BROKEN: [address: string, heading: string][] = [
    ['/settings%', 'Page not found'],
    ['/%E0%A4%A', 'Page not found'],
    ['/history%zz', 'Page not found'],
    ['/r/%', NO_LINK],
    ['/#50%', 'Home'],
    ['/settings?from=%#%', 'Settings']
  ]
  for (const device of [await newDevice(), await newHost()]) {
    const { page } = device
    const refused: string[] = []
    page.on('console', message => {
      if (message.text().includes('Content Security Policy')) refused.push(message.text())
    })
    page.on('pageerror', error => refused.push(error.message))
    const openAll = async () => {
      for (const [address, name] of BROKEN) {
        await page.goto('about:blank') // another fragment alone would not load the page
        await page.goto(address)
        await expect(heading(page, name)).toBeVisible()
      }
    }
    await openAll()
    await device.whenInstalled()
    await device.setOffline(true)
    await openAll()
    await page.goto('/settings%')
    await page.getByRole('link', { name: 'Go to Home' }).click()
    await expect(heading(page, 'Home')).toBeVisible()
    expect(refused).toEqual([])
  }
})

test('addresses: going back to a typed fragment shows its page again', async ({ newDevice }) => {
  const { page, home } = await newDevice()
  await home.goto()
  await page.goto('/#50%')
  await expect(page).toHaveURL('/#50%25')
  await page.getByRole('link', { name: 'Settings' }).first().click()
  await expect(heading(page, 'Settings')).toBeVisible()
  await page.goBack()
  await expect(home.heading).toBeVisible()
})

test('team only: a guest signs in and returns with the token; non-members are told', async ({
  newDevice,
  newHost,
  email
}) => {
  const host = await newHost('Inner circle')
  await host.home.choose('Inner circle', 'Rename and privacy')
  await host.home.dialog.getByLabel('Who can join').selectOption('team')
  await host.home.dialog.getByRole('button', { name: 'Save' }).click()
  await host.home.expectSynced()
  const link = await host.home.copyHostLink('Inner circle')

  const { page } = await newDevice()
  const requests: string[] = []
  page.on('request', request => requests.push(request.url()))
  await page.goto(new URL(link).pathname)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Sign up' }).click()
  await page.getByLabel('Name').fill('Eve')
  await page.getByLabel('Email').fill(`other-${email}`)
  await page.getByLabel('Password').fill('correct horse battery')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await expect(page.getByRole('article').getByRole('status')).toContainText(
    `You’re signed in as other-${email}, but this belongs to another team.`
  )
  expect(new URL(page.url()).pathname).toBe(new URL(link).pathname)

  const member = await newDevice()
  member.page.on('request', request => requests.push(request.url()))
  await member.page.goto(link)
  await member.page.getByRole('link', { name: 'Sign in' }).click()
  await member.page.getByLabel('Email').fill(email)
  await member.page.getByLabel('Password').fill('correct horse battery')
  await member.page.getByRole('button', { name: 'Sign in' }).click()
  await expect(heading(member.page, 'Inner circle')).toBeVisible()
  await expect(member.page).toHaveURL(link)
  await expect(member.page.getByRole('link', { name: 'Home' })).toBeVisible()
  const sent = requests.map(url => url.split('#')[0])
  expect(sent.filter(url => url?.includes(new URL(link).hash.slice('#host='.length)))).toEqual([])
})

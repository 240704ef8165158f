import { PASSWORD } from './device.ts'
import { expect, test } from './fixtures.ts'

test('d: rooms made before signing up keep their links afterwards', async ({ newDevice, email }) => {
  const device = await newDevice()
  await device.home.goto()
  await expect(device.home.sync).toHaveText('Saved on this device')
  await device.home.createRoom('Early')
  const participant = await device.home.copyParticipantLink('Early')
  const host = await device.home.copyHostLink('Early')

  await device.page.getByRole('link', { name: 'Sign up to sync' }).click()
  await device.page.getByLabel('Name').fill('Ada')
  await device.page.getByLabel('Email').fill(email)
  await device.page.getByLabel('Password').fill(PASSWORD)
  await device.page.getByRole('button', { name: 'Sign up' }).click()
  await device.home.expectSynced()
  expect(await device.home.copyParticipantLink('Early')).toBe(participant)

  const other = await newDevice()
  await other.signIn(email)
  expect(await other.home.copyParticipantLink('Early')).toBe(participant)
  expect(await other.home.copyHostLink('Early')).toBe(host)
})

test('a workspace is handed over at the next open if the server was lost during sign-up', async ({
  newDevice,
  email
}) => {
  const device = await newDevice()
  await device.home.goto()
  await device.home.createRoom('Early')
  await device.page.route('**/api/workspaces', route => route.abort())
  await device.page.goto('/sign-up')
  await device.page.getByLabel('Name').fill('Ada')
  await device.page.getByLabel('Email').fill(email)
  await device.page.getByLabel('Password').fill(PASSWORD)
  await device.page.getByRole('button', { name: 'Sign up' }).click()
  await expect(device.home.heading).toBeVisible()
  await expect(device.home.tile('Early')).toBeVisible()
  await device.page.unroute('**/api/workspaces')
  await device.page.reload()
  await device.home.expectSynced()
  const other = await newDevice()
  await other.signIn(email)
  await expect(other.home.tile('Early')).toBeVisible()
})

test('signing in adds this device’s items to the account', async ({ newDevice, newHost, email }) => {
  const first = await newHost('Of the account')

  const second = await newDevice()
  await second.home.goto()
  await second.home.createRoom('Of the device')
  const link = await second.home.copyParticipantLink('Of the device')
  await second.home.join('Of the device')
  await second.signIn(email)
  await second.home.expectTiles(second.home.rooms, ['Of the device', 'Of the account'])
  expect(await second.home.copyParticipantLink('Of the device')).toBe(link)
  await expect(first.home.tile('Of the device')).toContainText('Last used')
})

test('signing out deletes the copy on this device, in all tabs', async ({ newHost, email }) => {
  const device = await newHost('Private')
  const tab = await device.newTab()
  await tab.goto('/')
  await expect(tab.getByRole('article', { name: 'Private' })).toBeVisible()

  await device.page.bringToFront() // browsers let hidden tabs wait
  await device.home.signOut()
  await expect(device.home.tile('Private')).toBeHidden()
  await expect(device.home.sync).toHaveText('Saved on this device')
  await expect(tab.getByRole('article', { name: 'Private' })).toBeHidden()
  await device.page.reload()
  await expect(device.home.rooms).toBeVisible()
  await expect(device.home.tile('Private')).toBeHidden()

  await device.signIn(email)
  await expect(device.home.tile('Private')).toBeVisible()
  await expect(tab.getByRole('article', { name: 'Private' })).toBeVisible()
})

test('signing out says how many changes were not synced', async ({ newHost }) => {
  const device = await newHost('Clients')
  await device.setOffline(true)
  await device.home.rename('Clients', 'Customers')
  await device.page.getByRole('button', { name: 'Account' }).click()
  await device.page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(device.home.dialog).toContainText('1 change has not been synced')
  await device.home.dialog.getByRole('button', { name: 'Sign out' }).click()
  await expect(device.home.dialog.getByRole('alert')).toContainText('Can’t reach the server')
  await device.home.dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(device.home.tile('Customers')).toBeVisible()
})

test('account errors are shown at their field and keep what was typed', async ({ newDevice, email }) => {
  const device = await newDevice()
  const { page } = device
  await device.signUp(email)
  await device.home.signOut()

  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill('wrong password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByLabel('Password')).toHaveAccessibleDescription('Wrong email or password.')
  await expect(page.getByLabel('Email')).toHaveValue(email)

  await page.getByRole('link', { name: 'Sign up' }).click()
  await page.getByLabel('Name').fill('Ada')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill('short')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await expect(page.getByLabel('Password')).toHaveAccessibleDescription(/At least 8 characters/)
  await expect(page.getByLabel('Password')).toBeFocused()
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign up' }).click()
  await expect(page.getByLabel('Email')).toHaveAccessibleDescription(/This email already has an account/)

  await device.setOffline(true)
  await page.getByRole('button', { name: 'Sign up' }).click()
  await expect(page.getByRole('alert')).toContainText('Can’t reach the server')
  await expect(page.getByLabel('Name')).toHaveValue('Ada')
})

test('an ended session is shown, and work continues and syncs after signing in', async ({
  newHost,
  email
}) => {
  const device = await newHost('Clients')
  const { home, page } = device
  await device.loseSession()
  await page.reload()
  await expect(home.sync).toHaveText('Signed out · sign in to sync')
  await home.rename('Clients', 'Customers')
  await page.getByRole('link', { name: 'Sign in' }).click()
  await expect(page.getByLabel('Email')).toHaveValue(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await home.expectSynced()
  await expect(home.tile('Customers')).toBeVisible()
})

test('another account cannot replace unsynced changes', async ({ newDevice, email }) => {
  const other = await newDevice()
  await other.signUp(`other-${email}`)

  const device = await newDevice()
  const { home, page } = device
  await device.signUp(email)
  await device.loseSession()
  await page.reload()
  await expect(home.sync).toHaveText('Signed out · sign in to sync')
  await home.createRoom('Not synced')
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(`other-${email}`)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toContainText(`unsynced changes from ${email}`)
  await home.goto()
  await expect(home.tile('Not synced')).toBeVisible()
})

import { CustomizePage } from './customize-page.ts'
import type { Device } from './device.ts'
import { expect, test } from './fixtures.ts'
import { HomePage } from './home-page.ts'

test('what is chosen shows at once and is kept, with no network', async ({ newDevice }) => {
  const device = await newDevice()
  const customize = new CustomizePage(device)
  await device.home.goto()
  await device.whenInstalled()
  await device.setOffline(true)
  await device.home.createRoom('Clients')
  await customize.open('Clients')
  await customize.field('Ember').check()
  await customize.write('Welcome message', 'Come in, the door is open')
  await expect(customize.preview).toContainText('Come in, the door is open')
  await expect(customize.preview.locator('[data-cover="ember"]')).toBeVisible()

  await device.page.reload()
  await expect(customize.field('Welcome message')).toHaveValue('Come in, the door is open')
  await expect(customize.field('Ember')).toBeChecked()
  await device.page.getByRole('link', { name: 'Back to Home' }).click()
  await expect(device.home.tile('Clients').locator('[data-cover="ember"]')).toBeVisible()
})

test('a text is kept when the page is left while it is typed', async ({ newDevice }) => {
  const device = await newDevice()
  const customize = new CustomizePage(device)
  await device.home.goto()
  await device.home.createRoom('Clients')
  await customize.open('Clients')
  await customize.field('Welcome message').pressSequentially('Hello')
  await device.page.goBack()
  await customize.open('Clients')
  await expect(customize.field('Welcome message')).toHaveValue('Hello')
})

test('a text is kept when the page is reloaded while it is typed, and so is a name saved right before', async ({
  newDevice
}) => {
  const device = await newDevice()
  const customize = new CustomizePage(device)
  await device.home.goto()
  await device.home.createRoom('Clients')
  await customize.open('Clients')
  await customize.field('Welcome message').evaluate((node: HTMLTextAreaElement) => {
    for (const text of ['H', 'He', 'Hello']) {
      node.value = text
      node.dispatchEvent(new Event('input', { bubbles: true }))
    }
    location.reload()
  })
  await expect(customize.field('Welcome message')).toHaveValue('Hello')
  await device.page.getByRole('link', { name: 'Back to Home' }).click()
  await device.home.choose('Clients', 'Rename and privacy')
  await device.home.dialog.getByLabel('Name').fill('Customers')
  await device.home.dialog.getByRole('button', { name: 'Save' }).evaluate((node: HTMLElement) => {
    node.click()
    location.reload()
  })
  await expect(device.home.tile('Customers')).toBeVisible()
})

test('a text is kept, and the focus not lost, when its room is deleted elsewhere while it is typed', async ({
  newDevice
}) => {
  const device = await newDevice()
  const customize = new CustomizePage(device)
  const errors: string[] = []
  device.page.on('pageerror', error => errors.push(error.message))
  await device.home.goto()
  await device.home.createRoom('Clients')
  await customize.open('Clients')
  const other = new HomePage(await device.newTab())
  await other.goto()
  await device.page.bringToFront()
  const field = customize.field('Welcome message')
  await field.focus()
  // Typed without a pause: something is always left to be written.
  await field.evaluate((node: HTMLTextAreaElement) => {
    const type = () => {
      if (!node.isConnected) return
      node.value += 'a'
      document.documentElement.dataset['typed'] = node.value
      node.dispatchEvent(new Event('input', { bubbles: true }))
      setTimeout(type, 20)
    }
    type()
  })
  await other.delete('Clients')
  await expect(device.page.getByRole('heading', { level: 1 })).toBeFocused()
  const typed = await device.page.evaluate(() => document.documentElement.dataset['typed'] ?? '')
  await device.page.goBack()
  await device.page.goto('/deleted')
  await device.page.getByRole('button', { name: 'Restore' }).click()
  await device.home.goto()
  await customize.open('Clients')
  await expect(customize.field('Welcome message')).toHaveValue(typed)
  expect(errors).toEqual([])
})

test('a text that is too long says so, loses nothing and is saved once it fits', async ({ newDevice }) => {
  const device = await newDevice()
  const customize = new CustomizePage(device)
  await device.home.goto()
  await device.home.createRoom('Clients')
  await customize.open('Clients')
  await customize.write('Welcome message', 'a'.repeat(502))
  await expect(customize.panel).toContainText('2 characters too many')
  await expect(customize.field('Welcome message')).toHaveValue('a'.repeat(502))
  await expect(customize.field('Welcome message')).toHaveAttribute('aria-invalid', 'true')
  await customize.write('Welcome message', '🙂'.repeat(500))
  await expect(customize.panel).toContainText('500 of 500 characters')
  await device.page.reload()
  await expect(customize.field('Welcome message')).toHaveValue('🙂'.repeat(500))
})

test('an accent that cannot be read is told and mended', async ({ newDevice }) => {
  const device = await newDevice()
  const customize = new CustomizePage(device)
  await device.home.goto()
  await device.home.createRoom('Clients')
  await customize.open('Clients')
  await customize.write('Welcome message', 'Hello')
  await customize.ownColour.fill('#ffe066')
  await expect(customize.panel).toContainText('too light for text on a light page: its contrast is 1.3:1')
  const shown = () => customize.preview.getByText('Hello').evaluate(node => getComputedStyle(node).color)
  const readable = await shown() // a guest never sees the pale one
  expect(readable).not.toBe('rgb(255, 224, 102)')
  await customize.panel.getByRole('button', { name: 'Use a readable shade' }).click()
  await expect(customize.panel).not.toContainText('too light')
  await expect(customize.ownColour).not.toHaveValue('#ffe066')
  expect(await shown()).toBe(readable)
  await customize.field('Violet').check()
  await expect(customize.ownColour).toHaveValue('#6b3fc4')
})

test('guests wait in the lobby as it was made, and the room is reset and put back', async ({
  newDevice,
  newHost
}) => {
  const host = await newHost('Clients')
  const customize = new CustomizePage(host)
  const link = await host.home.copyParticipantLink('Clients')
  await customize.open('Clients')
  await customize.tab('Lobby').click()
  await customize.field('Side by side').check()
  await customize.write('Message in the lobby', 'We start in a minute')
  await customize.field('Same cover as the room').uncheck()
  await customize.field('Aurora').check()
  await expect(customize.preview.getByRole('article')).toHaveAttribute('data-layout', 'side')
  await expect(customize.preview).toContainText('We start in a minute')

  const reset = customize.panel.getByRole('button', { name: 'Reset to default' })
  await reset.click()
  await expect(customize.preview.getByRole('article')).toHaveAttribute('data-layout', 'centered')
  await expect(customize.field('Message in the lobby')).toHaveValue('')
  await customize.panel.getByRole('button', { name: 'Undo reset' }).click()
  await expect(customize.field('Message in the lobby')).toHaveValue('We start in a minute')
  await host.home.expectSynced()

  const guest = await newDevice()
  await guest.page.goto(link)
  const lobby = guest.page.getByRole('article')
  await expect(lobby.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible()
  await expect(lobby).toHaveAttribute('data-layout', 'side')
  await expect(lobby).toContainText('We start in a minute')
  await expect(lobby.locator('[data-cover="aurora"]')).toBeVisible()
})

test('two devices change different things of one room at the same time, and both stand', async ({
  twoDevices
}) => {
  const { laptop, tablet } = await twoDevices('Clients')
  const first = new CustomizePage(laptop)
  const second = new CustomizePage(tablet)
  await first.open('Clients')
  await second.open('Clients')

  await first.field('Welcome message').pressSequentially('Good ')
  await expect(second.field('Welcome message')).toHaveValue('Good')
  await second.field('Rose').check()
  await second.field('Ocean').check()
  await expect(first.preview.locator('[data-cover="ocean"]')).toBeVisible()
  await expect(first.ownColour).toHaveValue('#b0266a')
  await first.field('Welcome message').pressSequentially('morning')
  await expect(second.field('Welcome message')).toHaveValue('Good morning')
  await expect(second.field('Rose')).toBeChecked()
  await expect(first.field('Rose')).toBeChecked()

  await laptop.setOffline(true)
  await first.tab('Lobby').click()
  await first.write('Message in the lobby', 'Soon')
  await second.write('Welcome message', 'Good evening')
  await second.field('Dusk').check()
  await laptop.setOffline(false)
  await expect(second.preview.locator('[data-cover="dusk"]')).toBeVisible()
  await first.tab('Room').click()
  await expect(first.field('Welcome message')).toHaveValue('Good evening')
  await second.tab('Lobby').click()
  await expect(second.field('Message in the lobby')).toHaveValue('Soon')
})

test('the tabs go by the arrow keys', async ({ newDevice }) => {
  const device = await newDevice()
  const customize = new CustomizePage(device)
  await device.home.goto()
  await device.home.createWebinar('Launch', '2031-12-01T10:00')
  await customize.open('Launch')
  await customize.tab('Webinar').focus()
  await device.page.keyboard.press('ArrowRight')
  await expect(customize.tab('Lobby')).toBeFocused()
  await expect(customize.tab('Lobby')).toHaveAttribute('aria-selected', 'true')
  await expect(customize.field('Message in the lobby')).toBeVisible()
  await device.page.keyboard.press('ArrowRight')
  await expect(customize.tab('Webinar')).toBeFocused()
  await device.page.keyboard.press('ArrowLeft')
  await device.page.keyboard.press('Tab')
  await expect(customize.field('Centred')).toBeFocused()
})

test('what is deleted or unknown says so, and shows the way', async ({ newDevice }) => {
  const device = await newDevice()
  const customize = new CustomizePage(device)
  await device.home.goto()
  await device.home.createRoom('Clients')
  await customize.open('Clients')
  const address = device.page.url()
  await device.page.getByRole('link', { name: 'Back to Home' }).click()
  await device.home.delete('Clients')
  await device.page.goto(address)
  await expect(device.page.getByRole('heading', { level: 1 })).toHaveText(
    'Nothing to customize here'
  )
  await expect(device.page.getByRole('main')).toContainText('“Clients” is in Recently deleted')
  await device.page.goto('/customize/nothing-of-this-name')
  await expect(device.page.getByRole('main')).toContainText('no longer exists')
  await device.page.getByRole('link', { name: 'Back to Home' }).click()
  await expect(device.home.heading).toBeVisible()
})

test('a copy that is made offline has its look on the other device too, and a life of its own', async ({
  twoDevices
}) => {
  const { laptop, tablet } = await twoDevices('Clients')
  const first = new CustomizePage(laptop)
  const second = new CustomizePage(tablet)
  await laptop.setOffline(true)
  await first.open('Clients')
  await first.field('Ember').check()
  await first.write('Welcome message', 'Come in')
  await first.tab('Lobby').click()
  await first.field('Side by side').check()
  await laptop.page.getByRole('link', { name: 'Back to Home' }).click()
  await laptop.home.choose('Clients', 'Duplicate')
  await expect(laptop.home.tile('Clients (copy)')).toBeVisible()
  await laptop.setOffline(false)

  const cover = (device: Device, name: string) => device.home.tile(name).locator('[data-cover]')
  await expect(cover(tablet, 'Clients (copy)')).toHaveAttribute('data-cover', 'ember')
  await second.open('Clients (copy)')
  await expect(second.field('Welcome message')).toHaveValue('Come in')
  await second.field('Ocean').check()
  await second.tab('Lobby').click()
  await expect(second.field('Side by side')).toBeChecked()
  await expect(cover(laptop, 'Clients (copy)')).toHaveAttribute('data-cover', 'ocean')
  await expect(cover(laptop, 'Clients')).toHaveAttribute('data-cover', 'ember')
})

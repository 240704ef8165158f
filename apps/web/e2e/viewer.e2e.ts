import { CustomizePage } from './customize-page.ts'
import { setRole } from './database.ts'
import { expect, test } from './fixtures.ts'

test('viewers can view, join, copy and export, offline too, and nothing else', async ({ newHost, stack }) => {
  const device = await newHost('Clients', 'Old room')
  const { home, page } = device
  const customize = new CustomizePage(device)
  await home.delete('Old room')
  await home.createWebinar('Launch', '2031-12-01T10:00')
  await customize.open('Clients')
  const customizing = page.url()
  await home.expectSynced()
  await device.whenInstalled()
  await setRole(stack, await device.workspaceId(), 'viewer')
  await Promise.all([page.waitForResponse('**/api/workspaces'), home.goto()])

  const expectMenu = async (name: string, entries: string[]) => {
    await page.getByRole('button', { name: `Settings for ${name}` }).click()
    await expect(page.getByRole('menuitem')).toHaveText(entries)
    await page.keyboard.press('Escape')
  }
  await expectMenu('Clients', ['Copy participant link', 'QR code', 'Join'])
  await expectMenu('Launch', ['Copy participant link', 'QR code', 'Join', 'Add to calendar'])
  await expect(page.getByRole('button', { name: 'New room' })).toBeHidden()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Name or command' })).toBeFocused()
  const options = page.getByRole('dialog', { name: 'Search and commands' }).getByRole('option')
  await expect(options.filter({ hasText: 'Go to Home' })).toBeVisible()
  await expect(options.filter({ hasText: 'New room' })).toBeHidden()
  await page.keyboard.type('clients')
  await expect(options).toHaveText([/Clients/, /Copy participant link/, /QR code/])
  await page.keyboard.press('Escape')

  await device.setOffline(true)
  await page.reload()
  await expectMenu('Clients', ['Copy participant link', 'QR code', 'Join'])
  await page.getByRole('link', { name: 'Recently deleted' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Old room' })).toBeVisible()
  await expect(page.getByText('As a viewer, you can see deleted items')).toBeVisible()
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0)

  await page.goto(customizing)
  await expect(page.getByText('As a viewer, you can’t change this')).toBeVisible()
  await expect(customize.preview).toContainText('Clients')
  await expect(customize.panel.getByRole('button')).toHaveCount(0)
  await expect(customize.panel.getByRole('radio')).toHaveCount(0)

  await page.goto('/settings')
  const workspace = page.getByRole('region', { name: 'Workspace' })
  await expect(workspace).toContainText('My workspace')
  await expect(workspace.getByRole('textbox')).toHaveCount(0)
  await expect(workspace.getByRole('button')).toHaveCount(0)

  await page.goto('/transfer')
  await expect(page.getByRole('main')).toContainText('you can’t import into it')
  await expect(page.getByRole('button', { name: 'Import…' })).toBeHidden()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  expect((await download).suggestedFilename()).toContain('.foyer.zip')
})

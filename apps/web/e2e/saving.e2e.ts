import { expect, test } from './fixtures.ts'

test('a key pressed right after saving goes to the page', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await home.createRoom('Clients')
  const palette = page.getByRole('combobox', { name: 'Name or command' })
  await page.keyboard.press('Control+k') // its code is there from here on
  await expect(palette).toBeFocused()
  await page.keyboard.press('Escape')

  await home.choose('Clients', 'Rename and privacy')
  await home.dialog.getByLabel('Name').fill('Customers')
  // In one task: no paint comes in between.
  await page.evaluate(() => {
    document.querySelector<HTMLFormElement>('dialog form')?.requestSubmit()
    const from = document.activeElement ?? document.body
    from.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'k', code: 'KeyK', ctrlKey: true, bubbles: true, cancelable: true })
    )
  })
  await expect(palette).toBeFocused()
  await expect(home.dialog).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(home.dialog).toBeHidden()
  await expect(home.tile('Customers')).toBeVisible()

  await home.rename('Customers', 'Partners')
  await expect(page.getByRole('button', { name: 'Settings for Partners' })).toBeFocused()
})

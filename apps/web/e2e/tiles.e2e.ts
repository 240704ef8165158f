import { expect, test } from './fixtures.ts'

test('the exact time of last use is available to screen readers and on hover', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await page.clock.install({ time: new Date('2030-03-05T09:30:00Z') })
  await home.goto()
  await home.createRoom('Clients')
  await expect(home.tile('Clients')).toContainText('Not used yet')
  await home.join('Clients')
  await page.goBack()
  const time = home.tile('Clients').getByRole('time')
  // 9:30 in London is half past ten in Berlin, where this browser is.
  await expect(time).toHaveText('Last used just now, Tuesday, 5 March 2030 at 10:30')
  await expect(time).toHaveAttribute('title', 'Tuesday, 5 March 2030 at 10:30')
  await page.clock.fastForward('05:00')
  await expect(time).toHaveText('Last used 5 minutes ago, Tuesday, 5 March 2030 at 10:30')
})

test('webinars are ordered by start, ended ones last, and show their zone', async ({ newDevice }) => {
  const { home, page } = await newDevice()
  await home.goto()
  await home.createWebinar('Later', '2031-12-01T10:00')
  await home.createWebinar('Long ago', '2020-01-01T10:00')
  await home.createWebinar('Sooner', '2031-06-01T18:30', 'America/New_York')
  await home.createWebinar('Lately', '2021-01-01T10:00')
  await home.expectTiles(home.webinars, ['Sooner', 'Later', 'Lately', 'Long ago'])
  await expect(home.webinars.getByRole('heading', { name: 'Ended' })).toBeVisible()
  await expect(home.tile('Lately').getByRole('link')).toBeHidden()
  await expect(home.tile('Sooner').getByRole('time')).toContainText('planned in America/New York')
  await expect(home.tile('Later').getByRole('time')).not.toContainText('planned in')
  await page.getByRole('searchbox').fill('l')
  await home.expectTiles(home.webinars, ['Later', 'Lately', 'Long ago'])
})

test('the last used room comes first, on a second device too', async ({ twoDevices }) => {
  const { laptop, tablet: phone } = await twoDevices('Clients', 'Team')
  await phone.home.expectTiles(phone.home.rooms, ['Team', 'Clients'])
  await laptop.home.join('Clients')
  await phone.home.expectTiles(phone.home.rooms, ['Clients', 'Team'])
})

for (const name of ['Clients', 'Team']) {
  test(`tiles do not move while the menu of ${name} is open`, async ({ twoDevices }) => {
    const { laptop, tablet } = await twoDevices('Clients', 'Board', 'Team')
    await laptop.home.expectTiles(laptop.home.rooms, ['Team', 'Board', 'Clients'])
    await laptop.home
      .tile(name)
      .getByRole('button', { name: /^Settings for/ })
      .click()
    await laptop.page.keyboard.press('ArrowDown')
    const chosen = await laptop.page.evaluate(() => document.activeElement?.textContent)
    await tablet.home.join('Clients')
    await expect(laptop.home.tile('Clients')).toContainText('Last used')
    await laptop.home.expectTiles(laptop.home.rooms, ['Team', 'Board', 'Clients'])
    await expect(laptop.page.getByRole('menuitem', { name: 'Rename and privacy' })).toBeVisible()
    expect(await laptop.page.evaluate(() => document.activeElement?.textContent)).toBe(chosen)
    await laptop.page.keyboard.press('Escape')
    await laptop.home.expectTiles(laptop.home.rooms, ['Clients', 'Team', 'Board'])
  })
}

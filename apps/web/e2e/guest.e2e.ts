import { expect, test } from './fixtures.ts'

test('a link that is not published yet opens automatically', async ({ newDevice, email }) => {
  const host = await newDevice()
  await host.home.goto()
  await host.home.createWebinar('Launch', '2031-12-01T10:00')
  const link = await host.home.copyParticipantLink('Launch')

  const guest = await newDevice()
  await guest.page.goto(link)
  await expect(
    guest.page.getByRole('heading', { name: 'This link has not been published yet' })
  ).toBeVisible()
  await host.signUp(email)
  await expect(guest.page.getByRole('heading', { level: 1, name: 'Launch' })).toBeVisible({ timeout: 20_000 })
  await expect(guest.page.getByRole('article')).toContainText(/Monday,? 1 December 2031 at 10:00/)
  await expect(guest.page.getByRole('article')).not.toContainText('You are the host')
})

test('a host link makes its user the host, and its token is not sent to any server', async ({
  newDevice,
  newHost
}) => {
  const host = await newHost('Clients')
  const link = await host.home.copyHostLink('Clients')
  const token = new URL(link).hash.slice('#host='.length)
  expect(token).toMatch(/^[\w-]{22}$/)

  const other = await newDevice()
  const requests: string[] = []
  other.page.on('request', request => {
    requests.push(request.url() + JSON.stringify(request.headers()) + (request.postData() ?? ''))
  })
  await other.page.goto(link)
  await expect(other.page.getByRole('article')).toContainText('You are the host of this room')
  // The browser names the address it shows, fragment and all, but sends it without.
  const sent = requests.map(request => request.replace(link, new URL(link).pathname))
  expect(sent.filter(request => request.includes(token))).toEqual([])
})

test('a deleted room’s link says so, and opens again after a restore', async ({ newDevice, newHost }) => {
  const host = await newHost('Clients')
  const link = await host.home.copyParticipantLink('Clients')
  await host.home.delete('Clients')
  await host.home.expectSynced()

  const guest = await newDevice()
  await guest.page.goto(link)
  await expect(
    guest.page.getByRole('heading', { name: 'This room is not available right now' })
  ).toBeVisible()
  await host.page.getByRole('link', { name: 'Recently deleted' }).click()
  await host.page.getByRole('button', { name: 'Restore Clients' }).click()
  await expect(guest.page.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible({
    timeout: 20_000
  })
})

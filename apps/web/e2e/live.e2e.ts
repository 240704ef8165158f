import { expect, test } from './fixtures.ts'

test('tiles show the number of people in a room, on every connected device', async ({
  twoDevices,
  stack
}) => {
  const { laptop, tablet } = await twoDevices('Team', 'Clients')
  const workspaceId = await laptop.workspaceId()
  const room = (await laptop.roomsOnServer()).find(({ name }) => name === 'Clients')
  const setLive = (people: number) => stack.setLive(workspaceId, room?.id ?? '', people)
  const tiles = [laptop, tablet].map(({ home }) => home.tile('Clients'))
  await setLive(3)
  for (const tile of tiles) await expect(tile).toContainText('3 people here now')
  await expect(laptop.home.tile('Team')).not.toContainText('here now')

  await tablet.home.choose('Clients', 'Delete')
  const dialog = tablet.page.getByRole('dialog', { name: 'Delete Clients?' })
  await expect(dialog).toContainText('3 people are here now')
  await setLive(1)
  await expect(dialog).toContainText('1 person is here now')
  await laptop.setOffline(true)
  await expect(laptop.home.tile('Clients')).not.toContainText('here now') // nobody can know it here
  await expect(tablet.home.tile('Clients')).toContainText('1 person here now')
  await setLive(2)
  await laptop.setOffline(false)
  await expect(laptop.home.tile('Clients')).toContainText('2 people here now')

  await setLive(0)
  for (const tile of tiles) await expect(tile).not.toContainText('here now')
  await expect(dialog).not.toContainText('here now')
})

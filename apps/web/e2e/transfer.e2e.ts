import type { Page } from '@playwright/test'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { CustomizePage, shownPicture } from './customize-page.ts'
import type { Device } from './device.ts'
import { expect, test } from './fixtures.ts'
import { makePng, pngFile } from './png.ts'

interface File {
  workspace: { id: string }
  rooms: Record<string, unknown>[]
  webinars: Record<string, unknown>[]
}

const openPage = async (page: Page) => {
  await page.goto('/transfer')
  await expect(page.getByRole('heading', { level: 1, name: 'Export and import' })).toBeVisible()
}

const exportFile = async ({ page, home }: Device): Promise<Buffer> => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export' }).click()
  ])
  expect(download.suggestedFilename()).toMatch(/^My workspace \d{4}-\d{2}-\d{2}\.foyer\.zip$/)
  await expect(home.messages).toContainText('Exported as My workspace')
  return readFile(await download.path())
}

const choose = async (page: Page, buffer: Buffer, name = 'team.foyer.zip') => {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Import…' }).click()
  ])
  await chooser.setFiles({ name, mimeType: 'application/zip', buffer })
}

/** As if the file were dragged over the page and let go. */
const drop = async (page: Page, buffer: Buffer) => {
  const zone = page.getByRole('region', { name: 'Export and import' })
  const give = (type: 'dragover' | 'drop') =>
    zone.evaluate(
      (node, [type, base64]) => {
        const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0))
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File([bytes], 'dropped.foyer.zip', { type: 'application/zip' }))
        node.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }))
      },
      [type, buffer.toString('base64')] as const
    )
  await give('dragover')
  await expect(zone).toHaveAttribute('data-over')
  await give('drop')
  await expect(page.getByRole('dialog', { name: 'Import dropped.foyer.zip' })).toBeVisible()
}

const importFile = async ({ page, home }: Device, buffer: Buffer) => {
  await choose(page, buffer)
  await home.dialog.getByRole('button', { name: 'Import' }).click()
  await expect(home.messages).toContainText('Imported')
}

const read = (zip: Buffer) => JSON.parse(strFromU8(unzipSync(zip)['workspace.json']!)) as File
const change = (zip: Buffer, edit: (text: string) => string): Buffer => {
  const files = unzipSync(zip)
  const text = edit(strFromU8(files['workspace.json']!))
  return Buffer.from(zipSync({ ...files, 'workspace.json': strToU8(text) }))
}

/** From Home by a link of the app's own, so that the page need not be loaded. */
const goHome = async ({ page, home }: Device) => {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Home' }).click()
  await expect(home.heading).toBeVisible()
}

test('an offline export is complete; importing keeps later edits and makes no duplicates', async ({
  newDevice
}) => {
  const device = await newDevice()
  const { home, page } = device
  await home.goto()
  await device.whenInstalled()
  await device.setOffline(true)
  await home.createRoom('Clients')
  await home.createRoom('Standup')
  await home.createRoom('Old room')
  await home.delete('Old room')
  await home.createWebinar('Launch', '2031-05-06T18:30')
  await openPage(page)
  const zip = await exportFile(device)

  const file = read(zip)
  expect(strFromU8(unzipSync(zip)['workspace.json']!)).toContain('\n  "rooms": [\n')
  expect(file.rooms.map(({ name }) => name)).toEqual(['Clients', 'Standup', 'Old room'])
  expect(file.rooms[2]).toMatchObject({ deletedAt: expect.stringContaining('T') })
  expect(file.webinars).toMatchObject([
    { name: 'Launch', schedule: { startsAt: '2031-05-06T18:30', timeZone: 'Europe/Berlin', minutes: 45 } }
  ])

  await choose(page, zip)
  await expect(home.dialog).toContainText('4 are the same')
  await expect(home.dialog).toContainText('Everything in this file is already here.')
  await home.dialog.getByRole('button', { name: 'Close' }).click()

  await goHome(device)
  await home.rename('Clients', 'Customers')
  await home.delete('Standup')
  await openPage(page)
  // Edited by hand, later than anything here, and a room that only the file has.
  const later = change(zip, text => {
    const whole = JSON.parse(text) as File
    const [clients, standup] = whole.rooms
    const soon = Date.now() + 60_000
    Object.assign(whole, { exportedAt: new Date(soon).toISOString() })
    Object.assign(clients!, { access: 'open', edited: { ...(clients!['edited'] as object), access: soon } })
    whole.rooms.push({
      ...standup,
      id: 'made-by-hand',
      name: 'Made by hand',
      links: { slug: 'by-hand-abcdefghij', epoch: 1 }
    })
    return JSON.stringify(whole)
  })
  await choose(page, later, 'Team.zip')
  await expect(page.getByRole('dialog', { name: 'Import Team.zip' })).toBeVisible()
  await expect(home.dialog).toContainText('1 new room')
  await expect(home.dialog).toContainText('1 room changes')
  await expect(home.dialog.getByRole('listitem').filter({ hasText: 'Customers' })).toContainText(
    'Who can join'
  )
  await home.dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Import…' })).toBeFocused()
  await importFile(device, later)
  await expect(home.messages).toHaveText('Imported: 1 new room · 1 room changes')

  await goHome(device)
  await home.expectTiles(home.webinars, ['Launch'])
  await expect(home.rooms.getByRole('article')).toHaveCount(2)
  await expect(home.tile('Customers')).toBeVisible()
  await expect(home.tile('Made by hand')).toBeVisible()
})

test('importing on another device creates rooms with new links, once', async ({ newDevice }) => {
  const first = await newDevice()
  await first.home.goto()
  await first.home.createRoom('Clients')
  const link = await first.home.copyParticipantLink('Clients')
  await openPage(first.page)
  const zip = await exportFile(first)

  const other = await newDevice()
  await openPage(other.page)
  await choose(other.page, zip)
  await expect(other.home.dialog).toContainText('from another workspace')
  await other.home.dialog.getByRole('button', { name: 'Import' }).click()
  await expect(other.home.messages).toHaveText('Imported: 1 new room')
  await goHome(other)
  await expect(other.home.tile('Clients')).toBeVisible()
  const otherLink = await other.home.copyParticipantLink('Clients')
  expect(otherLink).toMatch(/\/r\/clients-[a-z2-7]{10}$/)
  expect(otherLink).not.toBe(link)

  await openPage(other.page)
  await drop(other.page, zip)
  await expect(other.home.dialog).toContainText('Everything in this file is already here.')
})

test('an invalid file reports its problems and changes nothing', async ({ newDevice }) => {
  const device = await newDevice()
  const { home, page } = device
  await home.goto()
  await home.createRoom('Clients')
  await home.createWebinar('Launch', '2031-05-06T18:30')
  await openPage(page)
  const zip = await exportFile(device)
  const alert = page.getByRole('alert')
  // Begins as a picture does, and its name is true.
  const half = Buffer.from('\x89PNG\r\n\x1a\n and then nothing', 'latin1')
  const halfName = `pictures/${createHash('sha256').update(half).digest('hex')}.png`

  for (const [file, where] of [
    [Buffer.from('no zip'), 'This is not a zip file, or it’s incomplete.'],
    [zip.subarray(0, zip.length - 30), 'This is not a zip file, or it’s incomplete.'],
    [
      change(zip, text => text.replace('"version": 1,', '"version": 1')),
      'workspace.json line 4, column 3: it is not valid JSON'
    ],
    [
      Buffer.from(zipSync({ ...unzipSync(zip), [halfName]: half })),
      `${halfName} it is damaged and cannot be read`
    ],
    [change(zip, text => text.replace('"version": 1,', '"version": 2,')), 'version a later version of Foyer'],
    [
      change(zip, text => text.replace('"minutes": 45', '"minutes": 0').replace('"Clients"', '"Changed"')),
      'webinars[0].schedule.minutes (Launch) expected a whole number of minutes from 1 to 1440, found 0'
    ]
  ] as const) {
    await choose(page, file)
    await expect(alert).toContainText('team.foyer.zip cannot be imported. Nothing was changed.')
    await expect(alert.getByRole('listitem')).toContainText(where)
  }
  await expect(home.dialog).toBeHidden()
  await goHome(device)
  await home.expectTiles(home.rooms, ['Clients'])
})

test('custom pictures are exported, offline, and shown after an import elsewhere', async ({
  newDevice,
  twoDevices
}) => {
  const device = await newDevice()
  const customize = new CustomizePage(device)
  await device.home.goto()
  await device.home.createRoom('Clients')
  await device.whenInstalled()
  await device.setOffline(true)
  await customize.open('Clients')
  const picture = pngFile('cover.png', makePng(900, 600, 160))
  await device.page.getByLabel('Choose a picture…', { exact: true }).setInputFiles(picture)
  await shownPicture(customize.preview)
  await openPage(device.page)
  const zip = await exportFile(device)

  const { laptop, tablet } = await twoDevices()
  await openPage(laptop.page)
  await laptop.setOffline(true)
  await importFile(laptop, zip)
  await goHome(laptop)
  expect((await shownPicture(laptop.home.tile('Clients'))).src).toMatch(/^blob:/)
  await laptop.setOffline(false)
  await expect(async () => {
    // Until the thumbnail is uploaded, the full picture is served in its place.
    await openPage(tablet.page)
    await goHome(tablet)
    const { src, width } = await shownPicture(tablet.home.tile('Clients'))
    expect(src).toMatch(/\/media\/[0-9a-f]{64}\/thumbnail$/)
    expect(width).toBe(480)
  }).toPass({ timeout: 40_000 })
})

test('imported items sync, and a later edit on the other device wins', async ({ twoDevices }) => {
  const { laptop, tablet } = await twoDevices('Clients')
  // Made on a plane, and brought by hand before the laptop is online again.
  await laptop.whenInstalled()
  await laptop.setOffline(true)
  await laptop.home.rename('Clients', 'Customers')
  await laptop.home.createRoom('From the plane')
  await openPage(laptop.page)
  const zip = await exportFile(laptop)
  await openPage(tablet.page)
  await importFile(tablet, zip)
  await goHome(tablet)
  await expect(tablet.home.tile('Customers')).toBeVisible()
  await expect(tablet.home.tile('From the plane')).toBeVisible()
  await tablet.home.rename('From the plane', 'Landed')
  await tablet.home.expectSynced()

  await laptop.setOffline(false)
  await goHome(laptop)
  await laptop.home.expectSynced()
  for (const { home } of [tablet, laptop]) {
    await expect(home.rooms.getByRole('article')).toHaveCount(2)
    await expect(home.tile('Customers')).toBeVisible()
    await expect(home.tile('Landed')).toBeVisible()
  }
})

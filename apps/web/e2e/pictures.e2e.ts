import { CustomizePage, shownPicture } from './customize-page.ts'
import type { Device } from './device.ts'
import { expect, test } from './fixtures.ts'
import { makePng, pngFile } from './png.ts'

/** The server keeps pictures by content, for all tests: each brings its own. */
const bigPicture = (hue: number) => pngFile('big.png', makePng(2400, 1500, hue))

/** What the person has yet to read, as this device keeps it over a reload. */
const storedNotes = ({ page }: Device) =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases()
    const name = databases.find(database => database.name?.startsWith('foyer-workspace-'))?.name ?? ''
    return new Promise<unknown>(resolve => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => {
        const reading = opening.result.transaction('custom').objectStore('custom').get('facts')
        reading.onsuccess = () => {
          opening.result.close()
          resolve((reading.result as { notes?: unknown } | undefined)?.notes)
        }
      }
    })
  })

const choose = (device: Device, label: string, file: ReturnType<typeof pngFile>) =>
  device.page.getByLabel(label, { exact: true }).setInputFiles(file)

test('a custom picture is shrunk and shown at once, offline and after a reload', async ({ newDevice }) => {
  const device = await newDevice()
  const customize = new CustomizePage(device)
  await device.home.goto()
  await device.home.createRoom('Clients')
  await device.whenInstalled()
  await device.setOffline(true)
  await customize.open('Clients')
  await choose(device, 'Choose a picture…', bigPicture(20))
  const full = await shownPicture(customize.preview)
  expect(full.width).toBe(1600)
  expect(full.src).toMatch(/^blob:/)
  await expect(device.page.getByRole('status', { name: 'Pictures' })).toContainText('on this device only')
  await expect(customize.field('Custom picture').first()).toBeChecked()

  await device.page.reload()
  expect((await shownPicture(customize.preview)).width).toBe(1600)
  await device.page.getByRole('link', { name: 'Back to Home' }).click()
  const tile = await shownPicture(device.home.tile('Clients'))
  expect(tile.width).toBe(480)
  expect(tile.src).toMatch(/^blob:/)
})

test('a new room can have a custom picture, offline', async ({ newDevice }) => {
  const device = await newDevice()
  await device.home.goto()
  await device.whenInstalled()
  await device.setOffline(true)
  await device.page.getByRole('button', { name: 'New room' }).click()
  await device.home.dialog.getByLabel('Name').fill('Clients')
  await choose(device, 'Choose a picture…', bigPicture(40))
  await shownPicture(device.home.dialog)
  await device.home.dialog.getByRole('button', { name: 'Create' }).click()
  expect((await shownPicture(device.home.tile('Clients'))).src).toMatch(/^blob:/)
  await device.page.reload()
  await shownPicture(device.home.tile('Clients'))
})

test('a picture can be dropped or pasted', async ({ newDevice }) => {
  const device = await newDevice()
  const customize = new CustomizePage(device)
  await device.home.goto()
  await device.home.createRoom('Clients')
  await customize.open('Clients')
  const give = (type: 'drop' | 'paste', bytes: Buffer) =>
    device.page.evaluate(
      ([type, base64]) => {
        const data = new DataTransfer()
        const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0))
        data.items.add(new File([bytes], 'picture.png', { type: 'image/png' }))
        const options = { bubbles: true, cancelable: true }
        const event =
          type === 'drop'
            ? new DragEvent('drop', { ...options, dataTransfer: data })
            : new ClipboardEvent('paste', { ...options, clipboardData: data })
        const target = type === 'drop' ? document.querySelector('fieldset') : document.body
        target?.dispatchEvent(event)
      },
      [type, bytes.toString('base64')] as const
    )
  await give('drop', makePng(300, 200, 1))
  expect((await shownPicture(customize.preview)).width).toBe(300)
  await give('paste', makePng(200, 100, 2))
  await expect.poll(async () => (await shownPicture(customize.preview)).width).toBe(200)
})

test('files that are not pictures, damaged or too large are rejected', async ({ newDevice }) => {
  const device = await newDevice()
  const customize = new CustomizePage(device)
  await device.home.goto()
  await device.home.createRoom('Clients')
  await customize.open('Clients')
  const cover = await customize.preview.locator('[data-cover]').getAttribute('data-cover')
  const broken = makePng(400, 300)
  const cases = [
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'SVG is not supported'],
    [Buffer.from('Only a text that calls itself a picture.'), 'file type isn’t supported'],
    [broken.subarray(0, 60), 'damaged and can’t be opened'],
    [Buffer.concat([broken, Buffer.alloc(10 * 1024 * 1024)]), 'larger than 10 MB']
  ] as const
  for (const [bytes, message] of cases) {
    await choose(device, 'Choose a picture…', pngFile('picture.png', bytes))
    await expect(customize.panel.getByRole('alert')).toContainText(message)
  }
  await expect(customize.preview.locator('[data-cover]')).toHaveAttribute('data-cover', cover ?? '')
  await choose(device, 'Choose a picture…', pngFile('picture.png', broken))
  await shownPicture(customize.preview)
  await expect(customize.panel.getByRole('alert')).toBeHidden()
})

test('a device without space for a picture reports that and changes nothing', async ({ newDevice }) => {
  const device = await newDevice()
  const customize = new CustomizePage(device)
  await device.page.addInitScript(() => {
    const open = IDBFactory.prototype.open
    IDBFactory.prototype.open = function (name, version) {
      if (name === 'foyer-pictures') throw new DOMException('no room', 'QuotaExceededError')
      return open.call(this, name, version)
    }
  })
  await device.home.goto()
  await device.home.createRoom('Clients')
  await customize.open('Clients')
  await choose(device, 'Choose a picture…', bigPicture(60))
  await expect(customize.panel.getByRole('alert')).toContainText('out of space')
  await expect(customize.preview.locator('[data-cover]')).toBeVisible()
})

test('a picture chosen offline reaches other devices and guests, who cache it', async ({
  newDevice,
  newHost,
  email
}) => {
  const laptop = await newHost('Clients')
  const customize = new CustomizePage(laptop)
  const link = await laptop.home.copyParticipantLink('Clients')
  await laptop.home.expectSynced()
  await laptop.setOffline(true)
  await customize.open('Clients')
  await choose(laptop, 'Choose a picture…', bigPicture(80))
  await choose(laptop, 'Choose a logo…', pngFile('logo.png', makePng(100, 100, 3)))
  await expect(customize.panel.getByRole('img', { name: 'Clients' })).toBeVisible()
  const note = laptop.page.getByRole('status', { name: 'Pictures' })
  await expect(note).toContainText('2 pictures are on this device only')
  await laptop.setOffline(false)
  await expect(note).toBeEmpty()
  await expect(customize.panel).not.toContainText('Uploading…')

  const tablet = await newDevice()
  await tablet.signIn(email)
  const tile = await shownPicture(tablet.home.tile('Clients'))
  expect(tile.width).toBe(480)
  expect(tile.src).toMatch(/\/media\/[0-9a-f]{64}\/thumbnail$/)
  await tablet.whenInstalled()
  await tablet.page.reload() // from here on the app's own worker keeps what is seen
  await shownPicture(tablet.home.tile('Clients'))
  await expect.poll(() => keptPictures(tablet)).toBe(1)
  await tablet.setOffline(true)
  await tablet.page.reload()
  await shownPicture(tablet.home.tile('Clients'))

  const guest = await newDevice()
  await guest.page.goto(link)
  expect((await shownPicture(guest.page.getByRole('article'))).width).toBe(1600)
  await expect(guest.page.getByRole('img', { name: 'Clients' })).toBeVisible()

  await tablet.setOffline(false)
  await tablet.home.signOut()
  expect(await keptPictures(tablet)).toBe(0)
})

test('a picture that is not uploaded yet appears once it is', async ({ twoDevices }) => {
  const { laptop, tablet } = await twoDevices('Clients')
  const customize = new CustomizePage(laptop)
  await laptop.page.route('**/api/uploads/**', route => route.fulfill({ status: 503, body: '' }))
  await customize.open('Clients')
  await choose(laptop, 'Choose a picture…', bigPicture(100))
  await expect(tablet.home.tile('Clients').locator('.cover-own')).toBeVisible()
  await expect(tablet.home.tile('Clients').locator('img[src]:visible')).toHaveCount(0)
  await laptop.page.unroute('**/api/uploads/**')
  await expect(async () => {
    await shownPicture(tablet.home.tile('Clients'))
  }).toPass({ timeout: 40_000 })
})

test('a picture that the server refuses is reported once and stays on the device', async ({ newHost }) => {
  const device = await newHost('Clients')
  const customize = new CustomizePage(device)
  await device.page.route('**/api/uploads/**', route =>
    route.fulfill({ status: 413, json: { error: { code: 'over-quota', message: 'Full.' } } })
  )
  await customize.open('Clients')
  await choose(device, 'Choose a picture…', bigPicture(120))
  const notes = device.page.getByRole('status', { name: 'Notes' })
  await expect(notes).toContainText(
    'The picture of “Clients” wasn’t uploaded and stays on this device. The workspace’s picture storage is full'
  )
  await notes.getByRole('button').click()
  await expect.poll(() => storedNotes(device)).toEqual([])
  await device.page.reload()
  await shownPicture(customize.preview)
  await device.home.expectSynced()
  const note = device.page.getByRole('status', { name: 'Pictures' })
  await expect(note).toContainText('1 picture was rejected by the server and stays on this device.')
  await expect(note).not.toContainText('when you’re online')
  await expect(notes).toBeEmpty()
  await device.page.goto('/settings')
  const settings = device.page.getByRole('main')
  await expect(settings).toContainText('1 picture was rejected by the server and stays on this device.')
  await expect(settings).not.toContainText('Everything is synced')
  await expect(settings).not.toContainText('uploads when you’re online')
})

test('rooms moved into an account keep their pictures', async ({ newDevice, email }) => {
  const first = await newDevice()
  await first.signUp(email)
  await first.home.expectSynced()
  const second = await newDevice()
  await second.home.goto()
  await second.page.getByRole('button', { name: 'New room' }).click()
  await second.home.dialog.getByLabel('Name').fill('Clients')
  await choose(second, 'Choose a picture…', bigPicture(140))
  await shownPicture(second.home.dialog)
  await second.home.dialog.getByRole('button', { name: 'Create' }).click()
  await expect(second.home.tile('Clients')).toBeVisible()
  await second.signIn(email)
  expect((await shownPicture(second.home.tile('Clients'))).src).toMatch(/^blob:/)
  await expect(first.home.tile('Clients')).toBeVisible()
  await expect(async () => {
    await shownPicture(first.home.tile('Clients'))
  }).toPass({ timeout: 40_000 })
})

/** How many pictures the service worker keeps. */
const keptPictures = (device: Device): Promise<number> =>
  device.page.evaluate(async () =>
    (await caches.has('foyer-media')) ? (await (await caches.open('foyer-media')).keys()).length : 0
  )

import type { Page } from '@playwright/test'
import type { Device } from './device.ts'
import { expect, test } from './fixtures.ts'
import { HomePage } from './home-page.ts'

interface Stored {
  workspaceId: string
  rooms: { entries: { name: [string, number] } }[]
}

/** Runs in the page. @returns the stored Home snapshot, after `change` if given */
const stored = (page: Page, change: Partial<{ workspaceId: string; nameOfFirst: string }> = {}) =>
  page.evaluate(
    wanted =>
      new Promise<Stored | null>((resolve, reject) => {
        const opening = indexedDB.open('foyer-device')
        opening.onerror = reject
        opening.onsuccess = () => {
          const entries = opening.result.transaction('shown', 'readwrite').objectStore('shown')
          const reading = entries.get('screen') as IDBRequest<Stored | undefined>
          reading.onsuccess = () => {
            const screen = reading.result
            if (screen !== undefined) {
              const [first] = screen.rooms
              if (first !== undefined && wanted.nameOfFirst !== undefined) {
                first.entries.name[0] = wanted.nameOfFirst
              }
              screen.workspaceId = wanted.workspaceId ?? screen.workspaceId
              entries.put(screen, 'screen')
            }
            entries.transaction.oncomplete = () => {
              opening.result.close()
              resolve(screen ?? null)
            }
          }
        }
      }),
    change
  )

const namesStored = async (page: Page) =>
  (await stored(page))?.rooms.map(({ entries }) => entries.name[0]) ?? []

/** The document's log opens only when the page is told so; the app waits for it. */
const holdDocument = () => {
  const { open } = IDBFactory.prototype
  let isReleased = false
  const released = new Promise<void>(resolve => {
    addEventListener('release-document', () => {
      isReleased = true
      resolve()
    })
  })
  IDBFactory.prototype.open = function (name, version) {
    const request = open.call(this, name, version)
    if (!name.startsWith('foyer-workspace-')) return request
    request.addEventListener('success', event => {
      if (isReleased) return
      event.stopImmediatePropagation()
      void released.then(() => request.dispatchEvent(new Event('success')))
    })
    return request
  }
  const { setTimeout } = window
  const patient = (work: () => void, ms?: number) => setTimeout(work, ms === 3_000 ? 60_000 : ms)
  window.setTimeout = patient as typeof window.setTimeout
}

const releaseDocument = (page: Page) => page.evaluate(() => dispatchEvent(new Event('release-document')))

/** A page of the same device that is not the app; the next page opens without its document. */
const openBeside = async (device: Device) => {
  const page = await device.newTab()
  await page.goto('/icon.svg')
  await page.addInitScript(holdDocument)
  return { page, home: new HomePage(page) }
}

/** A device of its own that has kept what Home shows of these rooms, and whose page is closed. */
const seenOn = async (device: Device, ...rooms: string[]) => {
  await device.home.goto()
  for (const room of rooms) await device.home.createRoom(room)
  await expect.poll(() => namesStored(device.page)).toEqual(rooms.toReversed())
  const beside = await openBeside(device)
  await device.page.close()
  return beside
}

test('the second open shows Home’s snapshot, then updates the same tiles', async ({ newDevice }) => {
  const { page, home } = await seenOn(await newDevice(), 'Clients', 'Design')
  await stored(page, { nameOfFirst: 'As it was' })
  await page.goto('/')
  await home.expectTiles(home.rooms, ['As it was', 'Clients'])
  await home.tile('As it was').evaluate(tile => tile.setAttribute('data-kept', 'true'))
  await page.getByRole('button', { name: 'Settings for As it was' }).click()
  await expect(page.getByRole('menu')).toBeHidden()

  await releaseDocument(page)
  await expect(page.getByRole('menuitem', { name: 'Rename and privacy' })).toBeVisible()
  await home.expectTiles(home.rooms, ['Design', 'Clients'])
  await expect(home.tile('Design')).toHaveAttribute('data-kept', 'true')
})

test('"Join" on a snapshot tile waits for the document and counts as use', async ({ newDevice }) => {
  const { page, home } = await seenOn(await newDevice(), 'Clients')
  await page.goto('/')
  await home.tile('Clients').getByRole('link', { name: 'Join' }).click()
  await expect(home.heading).toBeVisible()
  await releaseDocument(page)
  await expect(page.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible()
  expect(page.url()).toContain('#host=')
  await page.goBack()
  await expect(home.tile('Clients')).toContainText('Last used')
})

test('snapshots of another workspace or order are not shown', async ({ newDevice }) => {
  const device = await newDevice()
  const { page, home } = await seenOn(device, 'Clients', 'Design')
  const own = await stored(page, { workspaceId: 'another' })
  const expectNothing = async () => {
    await page.goto('/')
    await expect(home.sync).toContainText('Saved on this device')
    await expect(page.getByRole('article')).toHaveCount(0)
    await releaseDocument(page)
    await home.expectTiles(home.rooms, ['Design', 'Clients'])
  }
  await expectNothing()
  await stored(page, { workspaceId: own!.workspaceId })
  await page.evaluate(() => {
    localStorage.setItem('foyer-room-order', 'newest')
  })
  await expectNothing()
})

test('signing out deletes the Home snapshot', async ({ newHost }) => {
  const { home, page } = await newHost('Clients')
  await expect.poll(() => namesStored(page)).toEqual(['Clients'])
  await home.signOut()
  await expect.poll(() => namesStored(page)).toEqual([])
})

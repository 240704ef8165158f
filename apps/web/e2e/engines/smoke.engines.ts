import { writeFile } from 'node:fs/promises'
import { makePng } from '../png.ts'
import type { Sight } from './engine.ts'
import { expect, test } from './fixtures.ts'

const heading = (name: string): Sight => ({ role: 'heading', name })
const tile = (name: string): Sight => ({ role: 'article', name })
const dialog = (name: string): Sight => ({ role: 'dialog', name })

/** Complaints that come from the server being away. */
const isOfTheNetwork = (complaint: string) =>
  /connection|network|could not connect|WebSocket|\/sync\//i.test(complaint)

test('a host without an account: rooms, dialogs, links, search and palette, all offline', async ({
  newProfile,
  newPerson,
  stack
}) => {
  const profile = await newProfile()
  const ada = await newPerson(profile)
  const { tab } = ada

  await test.step('the first open shows Home; Escape leaves a dialog and gives the focus back', async () => {
    await tab.goto('/')
    await ada.expectSight(heading('Home'))
    await ada.expectSync('Saved on this device')
    await ada.click({ role: 'button', name: 'New room' })
    await ada.expectToTypeInto('Name')
    await tab.press('Escape')
    await ada.expectSight(dialog('New room'), false)
    expect(await tab.run(() => document.activeElement?.textContent.trim())).toBe('New room')
  })

  await test.step('a room is made and renamed', async () => {
    await ada.makeRoom('Clients')
    await ada.choose('Clients', 'Rename and privacy')
    await ada.expectToTypeInto('Name')
    await tab.type('Customers')
    await tab.press('Enter')
    await ada.expectSight(tile('Customers'))
    await ada.expectSight(tile('Clients'), false)
  })

  await test.step('the menu hangs on its button, and goes by Escape', async () => {
    await ada.click({ role: 'button', name: 'Settings for Customers' })
    const first: Sight = { role: 'menuitem', name: 'Rename and privacy' }
    await ada.expectSight(first)
    const distance = await tab.run(() => {
      const button = document.querySelector('[aria-haspopup=menu][aria-expanded=true]')
      const menu = document.querySelector('[role=menu]')
      if (button === null || menu === null) return null
      const [above, below] = [button.getBoundingClientRect(), menu.getBoundingClientRect()]
      return Math.round(
        Math.max(below.top - above.bottom, above.top - below.bottom, above.right - below.right)
      )
    })
    expect(distance).toBeGreaterThanOrEqual(0)
    expect(distance).toBeLessThan(12)
    await tab.press('Escape')
    await ada.expectSight(first, false)
  })

  await test.step('its participant link is in the clipboard', async () => {
    await ada.choose('Customers', 'Copy participant link')
    await ada.expectText({ role: 'status', name: 'Messages' }, 'Participant link copied')
    expect(await ada.paste()).toMatch(new RegExp(`^${stack.url}/r/clients-[a-z2-7]{10}$`))
  })

  await test.step('a webinar is made at another day, in another time zone', async () => {
    await ada.click({ role: 'button', name: 'New webinar' })
    await ada.expectToTypeInto('Name')
    await tab.type('Launch')
    await ada.click({ role: 'field', name: 'Starts' })
    await tab.run(() => {
      const field = document.querySelector<HTMLInputElement>('input[type=datetime-local]')
      if (field === null) return
      field.value = '2030-12-01T10:00'
      field.dispatchEvent(new Event('input', { bubbles: true }))
    })
    await ada.fill('Time zone', 'Asia/Tokyo')
    await ada.fill('Length', '90')
    await ada.expectText(dialog('New webinar'), 'GMT+9')
    // Not by Enter: WebKit takes it for the lengths that are offered under the field.
    await ada.click({ role: 'button', name: 'Create' })
    await ada.expectText(tile('Launch'), '2030')
  })

  await test.step('search finds by what was typed, and Escape empties it', async () => {
    await ada.fill('Search rooms and webinars', 'lau')
    await ada.expectSight(tile('Customers'), false)
    await ada.expectSight(tile('Launch'))
    await tab.press('Escape')
    await ada.expectSight(tile('Customers'))
  })

  await test.step('the palette shows rows, acts on Enter, and goes by Escape or a press beside it', async () => {
    const palette = dialog('Search and commands')
    for (const leave of [() => tab.press('Escape'), () => tab.clickAt(30, 500)]) {
      await tab.press('k', 'Control')
      await ada.expectText(palette, 'Customers')
      const rows = () => tab.run(() => document.querySelector('dialog [role=listbox]')?.clientHeight ?? 0)
      await expect.poll(rows, { message: 'height of the rows' }).toBeGreaterThan(100)
      await leave()
      await ada.expectSight(palette, false)
    }
    await tab.press('k', 'Control')
    await ada.expectSight(palette)
    await tab.type('go to history')
    await tab.press('Enter')
    await ada.expectSight(heading('History'))
    await ada.click({ role: 'link', name: 'Home' })
    await ada.expectSight(tile('Customers'))
  })

  await test.step('with no server it opens again, also in a second tab, and both agree', async () => {
    await tab.run(async () => {
      const { installing } = await navigator.serviceWorker.ready
      if (installing === null) return
      await new Promise(resolve => {
        installing.onstatechange = resolve
      })
    })
    await stack.killWorker()
    await tab.reload()
    await ada.expectSight(tile('Customers'))
    await ada.expectText(tile('Launch'), '2030')
    const beside = await newPerson(profile)
    await beside.tab.goto('/')
    await beside.expectSight(tile('Customers'))
    await ada.makeRoom('Made offline')
    await beside.expectSight(tile('Made offline'))
    await stack.startWorker()
  })

  expect(profile.complaints.filter(complaint => !isOfTheNetwork(complaint))).toEqual([])
})

test('a host with an account: two devices agree, offline and back, with pictures, an export and Arabic', async ({
  newProfile,
  newPerson,
  stack
}, testInfo) => {
  const [laptop, tablet] = [await newProfile(), await newProfile()]
  const [ada, elsewhere] = [await newPerson(laptop), await newPerson(tablet)]
  const { tab } = ada

  await test.step('the second device gets the list', async () => {
    await tab.goto('/')
    await ada.makeRoom('Clients')
    await ada.signUp('ada@example.com')
    await elsewhere.signIn('ada@example.com')
    await elsewhere.expectSight(tile('Clients'))
  })

  await test.step('what was made with no server reaches it when the server is back', async () => {
    await stack.killWorker()
    await tab.reload()
    await ada.expectSync('Offline · saved on this device')
    await ada.makeRoom('Made offline')
    await stack.startWorker()
    await ada.expectSync('All changes synced')
    await elsewhere.expectSight(tile('Made offline'))
  })

  await test.step('an own picture is made smaller, shown, and seen on the other device', async () => {
    const file = testInfo.outputPath('cover.png')
    await writeFile(file, makePng(2_400, 1_500, 40))
    await ada.choose('Clients', 'Customize')
    await ada.expectSight(heading('Customize Clients'))
    await tab.chooseFile(file)
    const width = () =>
      tab.run(() => Math.max(0, ...[...document.images].map(({ naturalWidth }) => naturalWidth)))
    await expect.poll(width).toBe(1_600)
    await ada.expectSync('All changes synced')
    const shown = () =>
      elsewhere.tab.read(tile('Clients'), element => element.querySelector('img')?.naturalWidth ?? 0)
    await expect.poll(shown).toBeGreaterThan(0)
  })

  await test.step('everything is exported', async () => {
    await tab.goto('/transfer')
    await ada.click({ role: 'button', name: 'Export' })
    await ada.expectText({ role: 'status', name: 'Messages' }, 'Exported as My workspace')
  })

  await test.step('in Arabic the page is read from the right', async () => {
    await tab.goto('/settings')
    await ada.click({ role: 'field', name: 'العربية' })
    await ada.click({ role: 'button', name: 'Use this language' })
    await ada.expectSight(heading('الإعدادات'))
    const side = () => tab.run(() => document.querySelector('nav')?.getBoundingClientRect().left ?? 0)
    await expect.poll(side).toBeGreaterThan(600)
    await tab.goto('/')
    await ada.expectSight(tile('Clients'))
  })

  const complaints = [...laptop.complaints, ...tablet.complaints]
  expect(complaints.filter(complaint => !isOfTheNetwork(complaint))).toEqual([])
})

test('works in a private window', async ({ newProfile, newPerson }) => {
  const ada = await newPerson(await newProfile({ storage: 'private' }))
  await ada.tab.goto('/')
  await ada.makeRoom('Clients')
  await ada.tab.reload()
  await ada.expectSight(tile('Clients'))
  await ada.expectSync('Saved on this device')
})

test('without any storage the app works and reports that nothing is saved', async ({
  newProfile,
  newPerson,
  engine
}) => {
  test.skip(engine === 'webkit', 'WebKitGTK has no setting that refuses storage')
  const ada = await newPerson(await newProfile({ storage: 'refused' }))
  await ada.tab.goto('/')
  await ada.expectSync('Not saved on this device')
  await ada.makeRoom('Clients')
})

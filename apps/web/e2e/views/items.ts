import type { Page } from '@playwright/test'
import { makePng, pngFile } from '../png.ts'
import { dialog, heading, menuItem, menuOf, press, tab, type View } from './view.ts'

/** What is chosen from the menu of an item. */
const chosen = (item: string, entry: string) => press(menuOf(item), menuItem(entry))
const create = (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'Create' })
const links = (page: Page) => page.getByRole('region', { name: /^Links for / })
const ownPicture = (page: Page) => ({
  into: page.getByLabel('Choose a picture…', { exact: true }),
  file: pngFile('own.png', makePng(900, 600, 90))
})

/** What is done with one room or webinar. */
export const itemViews: View[] = [
  { name: 'room-menu', on: 'host', path: '/', steps: press(menuOf('Clients')), shows: menuItem('Delete') },
  {
    name: 'webinar-menu',
    on: 'host',
    path: '/',
    steps: press(menuOf('Product launch')),
    shows: menuItem('Delete')
  },
  { name: 'new-room', on: 'host', path: '/?new=room', shows: dialog('New room') },
  { name: 'new-webinar', on: 'host', path: '/?new=webinar', shows: dialog('New webinar') },
  {
    name: 'new-room-refused',
    on: 'host',
    path: '/?new=room',
    steps: page => [{ into: page.getByLabel('Name', { exact: true }), text: '' }, create(page)],
    shows: page => page.locator('[aria-invalid=true]')
  },
  {
    name: 'edit-room',
    on: 'host',
    path: '/',
    steps: chosen('Clients', 'Rename and privacy'),
    shows: dialog('Rename and privacy')
  },
  {
    name: 'edit-webinar',
    on: 'host',
    path: '/',
    steps: chosen('Questions and answers', 'Rename and privacy'),
    shows: dialog('Rename and privacy')
  },
  {
    name: 'delete-room',
    on: 'host',
    path: '/',
    steps: chosen('Daily stand-up', 'Delete'),
    shows: dialog('Delete Daily stand-up?')
  },
  {
    name: 'reset-links',
    on: 'host',
    path: '/',
    steps: chosen('Clients', 'Reset links'),
    shows: dialog('Reset links for Clients?')
  },
  {
    name: 'qr-code',
    on: 'host',
    path: '/',
    steps: chosen('Clients', 'QR code'),
    shows: dialog('QR code for Clients')
  },
  {
    name: 'calendar',
    on: 'host',
    path: '/',
    steps: chosen('Product launch', 'Add to calendar'),
    shows: page => page.getByRole('dialog')
  },
  {
    name: 'customize-room',
    on: 'host',
    path: '/',
    steps: chosen('Clients', 'Customize'),
    shows: heading('Customize Clients')
  },
  {
    name: 'customize-lobby',
    on: 'host',
    path: '/',
    steps: press(menuOf('Clients'), menuItem('Customize'), tab('Lobby')),
    shows: page => page.getByRole('tabpanel', { name: 'Lobby' })
  },
  {
    name: 'customize-webinar',
    on: 'host',
    path: '/',
    steps: chosen('Product launch', 'Customize'),
    shows: heading('Customize Product launch')
  },
  {
    name: 'customize-own-picture',
    on: 'host',
    path: '/',
    steps: page => [...chosen('Research sessions', 'Customize')(page), ownPicture(page)],
    shows: page => page.getByRole('region', { name: 'Preview' }).locator('img:not(.stand-in)')
  },
  {
    name: 'customize-unknown',
    on: 'host',
    path: '/customize/no-such-item',
    shows: page => page.getByRole('heading', { level: 1 })
  },
  // On a device of its own: each time there is one room more.
  {
    name: 'links-of-room',
    on: 'new',
    path: '/?new=room',
    steps: page => [create(page)],
    shows: links
  },
  {
    name: 'links-of-webinar',
    on: 'new',
    path: '/?new=webinar',
    steps: page => [create(page)],
    shows: links
  }
]

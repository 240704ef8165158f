import { dialog, heading, menuItem, press, type View } from './view.ts'
import type { Page } from '@playwright/test'

const search = (text: string) => (page: Page) => [
  { into: page.getByRole('searchbox', { name: 'Search rooms and webinars' }), text }
]
const article = (name: string) => (page: Page) => page.getByRole('article', { name, exact: true })
/** It bears the person's name. */
const account = (page: Page) => page.getByRole('button', { name: 'Account' })
const command = (text: string) => (page: Page) => ({
  into: page.getByRole('combobox', { name: 'Name or command' }),
  text
})
const palette = dialog('Search and commands')
const option = (name: RegExp) => (page: Page) => page.getByRole('option', { name }).first()

/** Home, and what lies over every page. */
export const homeViews: View[] = [
  { name: 'home-empty', on: 'new', path: '/', shows: heading('Home') },
  { name: 'home', on: 'host', path: '/', shows: article('Daily stand-up') },
  { name: 'home-webinars', on: 'host', path: '/#webinars', shows: article('Product launch') },
  { name: 'home-found', on: 'host', path: '/', steps: search('re'), shows: article('Design review') },
  {
    name: 'home-nothing-found',
    on: 'host',
    path: '/',
    steps: search('zebra'),
    shows: page => page.getByText('No results for “zebra”')
  },
  { name: 'home-long', on: 'collector', path: '/', shows: article('Room 1') },
  { name: 'home-viewer', on: 'viewer', path: '/', shows: article('Clients') },
  {
    name: 'home-update',
    on: 'collector',
    path: '/',
    given: page =>
      page.addInitScript(() => {
        // As if a later version were on the device.
        const waiting = { postMessage: () => undefined }
        Object.defineProperty(ServiceWorkerRegistration.prototype, 'waiting', { get: () => waiting })
      }),
    shows: page => page.getByText('A new version is ready')
  },
  { name: 'palette', on: 'host', path: '/', steps: press('Control+k'), shows: palette },
  {
    name: 'palette-found',
    on: 'host',
    path: '/',
    steps: page => ['Control+k', command('re')(page)],
    shows: option(/Design review/)
  },
  {
    name: 'palette-nothing',
    on: 'host',
    path: '/',
    steps: page => ['Control+k', command('zebra')(page)],
    shows: page => page.getByText('No results for “zebra”.')
  },
  {
    name: 'palette-item',
    on: 'host',
    path: '/',
    steps: page => ['Control+k', command('clients')(page), 'ArrowRight'],
    shows: option(/Reset links/)
  },
  { name: 'shortcuts', on: 'host', path: '/', steps: press('?'), shows: dialog('Keyboard shortcuts') },
  {
    name: 'account-menu',
    on: 'host',
    path: '/',
    steps: press(account),
    shows: menuItem('Sign out')
  },
  {
    name: 'sign-out',
    on: 'host',
    path: '/',
    steps: press(account, menuItem('Sign out')),
    shows: dialog('Sign out?')
  }
]

import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import type { Device } from './device.ts'

/** Something of the app to look at: tests and `pnpm screenshots` go through all of them. */
export interface View {
  /** Of a file too. */
  name: string
  /** Whose device shows it: somebody's who has just come, or a host's, with rooms (see `furnish`). */
  on: 'new' | 'host'
  path: string
  /** What is pressed there in turn: something of the page, or a key. */
  press?: (page: Page) => (Locator | string)[]
  /** There when all of it is. */
  shows: (page: Page) => Locator
}

const heading = (name: string) => (page: Page) => page.getByRole('heading', { level: 1, name, exact: true })
const dialog = (name: string) => (page: Page) => page.getByRole('dialog', { name })
const button = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true })
const menuOf = (item: string) => button(`Settings for ${item}`)
const menuItem = (name: string) => (page: Page) => page.getByRole('menuitem', { name, exact: true })
/** It bears the person's name. */
const account = (page: Page) => page.getByRole('button', { name: 'Account' })
const inTurn =
  (...targets: ((page: Page) => Locator)[]) =>
  (page: Page) =>
    targets.map(target => target(page))

export const views: View[] = [
  { name: 'home-empty', on: 'new', path: '/', shows: heading('Home') },
  { name: 'sign-in', on: 'new', path: '/sign-in', shows: heading('Sign in') },
  { name: 'sign-up', on: 'new', path: '/sign-up', shows: heading('Sign up') },
  { name: 'error', on: 'new', path: '/no/such/page', shows: heading('There is nothing here') },
  {
    name: 'guest-not-published',
    on: 'new',
    path: '/r/launch-aaaaaaaaaa',
    shows: heading('This link has not been published yet')
  },
  { name: 'home', on: 'host', path: '/', shows: heading('Home') },
  {
    name: 'room-menu',
    on: 'host',
    path: '/',
    press: inTurn(menuOf('Clients')),
    shows: menuItem('Rename and privacy')
  },
  {
    name: 'account-menu',
    on: 'host',
    path: '/',
    press: inTurn(account),
    shows: menuItem('Sign out')
  },
  {
    name: 'sign-out',
    on: 'host',
    path: '/',
    press: inTurn(account, menuItem('Sign out')),
    shows: dialog('Sign out?')
  },
  { name: 'new-room', on: 'host', path: '/', press: inTurn(button('New room')), shows: dialog('New room') },
  {
    name: 'new-webinar',
    on: 'host',
    path: '/',
    press: inTurn(button('New webinar')),
    shows: dialog('New webinar')
  },
  {
    name: 'edit-room',
    on: 'host',
    path: '/',
    press: inTurn(menuOf('Clients'), menuItem('Rename and privacy')),
    shows: dialog('Rename and privacy')
  },
  {
    name: 'edit-webinar',
    on: 'host',
    path: '/',
    press: inTurn(menuOf('Launch'), menuItem('Rename and privacy')),
    shows: dialog('Rename and privacy')
  },
  {
    name: 'delete-room',
    on: 'host',
    path: '/',
    press: inTurn(menuOf('Clients'), menuItem('Delete')),
    shows: dialog('Delete Clients?')
  },
  {
    name: 'guest-page',
    on: 'host',
    path: '/',
    press: page => [page.getByRole('article', { name: 'Clients' }).getByRole('link')],
    shows: heading('Clients')
  },
  { name: 'history', on: 'host', path: '/history', shows: heading('History') },
  { name: 'deleted', on: 'host', path: '/deleted', shows: heading('Recently deleted') }
]

/** Makes a device into one that the views of a host can be seen on: each state of an item is there. */
export const furnish = async ({ home, page }: Device): Promise<void> => {
  await home.goto()
  for (const name of ['Old room', 'Design review', 'Team stand-up', 'Clients']) await home.createRoom(name)
  await home.createWebinar('Launch', '2031-12-01T10:00')
  await home.createWebinar('Questions and answers', '2031-12-08T18:30', 'America/New_York', '90')
  await home.delete('Old room')
  await home.join('Clients')
  await page.goBack()
  await expect(home.heading).toBeVisible()
}

/** Shows a view on a device that is as the view needs it. */
export const openView = async (page: Page, { path, press, shows }: View): Promise<void> => {
  await page.goto(path)
  for (const target of press?.(page) ?? []) {
    await (typeof target === 'string' ? page.keyboard.press(target) : target.click())
  }
  await expect(shows(page)).toBeVisible()
}

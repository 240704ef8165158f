import type { Page } from '@playwright/test'
import { heading, menuItem, menuOf, press, type View } from './view.ts'

/** What the server knows of a link. */
const LINK = {
  kind: 'room',
  name: 'Clients',
  cover: { preset: 'ocean' },
  look: null,
  lobby: null,
  access: 'ask',
  state: 'open',
  startsAt: null,
  schedule: null
}
const LOBBY = {
  layout: 'side',
  message: 'We will be with you in a minute.\nCoffee is on us.',
  accent: '#1d4f91'
}

const answer = (link: object) => (page: Page) =>
  page.route('**/api/links/*', route => route.fulfill({ json: { link: { ...LINK, ...link } } }))
const unreachable = (page: Page) => page.route('**/api/links/*', route => route.abort())
const path = '/r/clients-aaaaaaaaaa'

/** What somebody sees who opens a link. */
export const guestViews: View[] = [
  {
    name: 'guest-not-published',
    on: 'new',
    path: '/r/launch-abbbbbbbb7',
    shows: heading('This link has not been published yet')
  },
  { name: 'guest-lobby', on: 'new', path, given: answer({}), shows: heading('Clients') },
  { name: 'guest-lobby-side', on: 'new', path, given: answer({ lobby: LOBBY }), shows: heading('Clients') },
  {
    name: 'guest-webinar',
    on: 'new',
    path,
    given: answer({
      kind: 'webinar',
      name: 'Product launch',
      access: 'open',
      startsAt: Date.UTC(2031, 11, 1, 9)
    }),
    shows: heading('Product launch')
  },
  {
    name: 'guest-deleted',
    on: 'new',
    path,
    given: answer({ state: 'deleted' }),
    shows: page => page.getByRole('heading', { level: 1 })
  },
  {
    name: 'guest-unreachable',
    on: 'new',
    path,
    given: unreachable,
    shows: page => page.getByRole('heading', { level: 1 })
  },
  {
    name: 'guest-host',
    on: 'viewer',
    path: `${path}#host=aaaaaaaaaaaaaaaaaaaaaa`,
    given: answer({ look: { accent: '#1d4f91', welcome: 'Good to see you.' } }),
    shows: heading('Clients')
  },
  {
    name: 'room-inside',
    on: 'host',
    path: '/',
    steps: press(menuOf('Interviews'), menuItem('Join')),
    shows: heading('Interviews')
  }
]

import type { Page } from '@playwright/test'
import { strToU8, zipSync } from 'fflate'
import { button, dialog, heading, press, type Step, type View } from './view.ts'

const workspaceFile = (content: object) => ({
  name: 'team.foyer.zip',
  mimeType: 'application/zip',
  buffer: Buffer.from(zipSync({ 'workspace.json': strToU8(JSON.stringify(content, null, 2)) }))
})
const given = (file: ReturnType<typeof workspaceFile>) => (page: Page) => [
  { into: page.locator('input[type=file]'), file } satisfies Step
]
const room = (name: string) => ({
  id: `${name.toLowerCase()}-room-0001`,
  createdAt: '2026-03-02T09:00:00.000Z',
  links: { slug: `${name.toLowerCase()}-abcdefghij`, epoch: 1 },
  name,
  access: 'ask',
  cover: { preset: 'ocean' }
})
const team = (rooms: object[]) => ({
  format: 'foyer-workspace',
  version: 1,
  exportedAt: '2026-03-04T09:00:00.000Z',
  workspace: { id: 'another-workspace-0001', name: 'Team' },
  rooms,
  webinars: []
})

/** The other pages. */
export const pageViews: View[] = [
  { name: 'history-empty', on: 'new', path: '/history', shows: heading('History') },
  { name: 'history', on: 'host', path: '/history', shows: heading('History') },
  { name: 'deleted-empty', on: 'new', path: '/deleted', shows: heading('Recently deleted') },
  { name: 'deleted', on: 'host', path: '/deleted', shows: button('Restore Old room') },
  { name: 'deleted-viewer', on: 'viewer', path: '/deleted', shows: heading('Recently deleted') },
  {
    name: 'delete-for-good',
    on: 'host',
    path: '/deleted',
    steps: press(button('Delete for good: Old room')),
    shows: dialog('Delete Old room for good?')
  },
  { name: 'settings-new', on: 'new', path: '/settings', shows: heading('Settings') },
  { name: 'settings', on: 'host', path: '/settings', shows: heading('Settings') },
  {
    name: 'settings-name-refused',
    on: 'new',
    path: '/settings',
    steps: page => [
      { into: page.getByRole('textbox', { name: 'Name' }), text: ' ' },
      page.getByRole('button', { name: 'Save', exact: true })
    ],
    shows: page => page.locator('[aria-invalid=true]')
  },
  { name: 'settings-viewer', on: 'viewer', path: '/settings', shows: heading('Settings') },
  { name: 'transfer', on: 'host', path: '/transfer', shows: heading('Export and import') },
  { name: 'transfer-viewer', on: 'viewer', path: '/transfer', shows: heading('Export and import') },
  {
    name: 'import',
    on: 'host',
    path: '/transfer',
    steps: given(workspaceFile(team([room('Marketing'), room('Support')]))),
    shows: dialog('Import team.foyer.zip')
  },
  {
    name: 'import-broken',
    on: 'host',
    path: '/transfer',
    steps: given(workspaceFile(team([{ ...room('Marketing'), access: 'everybody' }]))),
    shows: page => page.getByRole('alert')
  },
  { name: 'sign-in', on: 'new', path: '/sign-in', shows: heading('Sign in') },
  { name: 'sign-up', on: 'new', path: '/sign-up', shows: heading('Sign up') },
  {
    name: 'sign-in-refused',
    on: 'new',
    path: '/sign-in',
    steps: page => [
      { into: page.getByLabel('Email'), text: 'nobody' },
      page.getByRole('button', { name: 'Sign in', exact: true })
    ],
    shows: page => page.locator('[aria-invalid=true]').first()
  },
  { name: 'error', on: 'new', path: '/no/such/page', shows: heading('Page not found') }
]

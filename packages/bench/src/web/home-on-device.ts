import type { Page } from '@playwright/test'
import * as Y from 'yjs'
import { storeDocument } from '../client/whole-document.ts'
import { createWorkload, type Workload } from '../client/workload.ts'
import { progress } from '../figure.ts'
import { ACCOUNT, withServer, type BenchServer, type Workspace } from '../server/bench-server.ts'
import { withProfile, type Profile } from './browser.ts'

/** A signed-in device that has everything stored: the next open of Home is its second. */
export interface HomeOnDevice {
  url: string
  server: BenchServer
  profile: Profile
  workspace: Workspace
  workload: Workload
}

/**
 * Signs a browser in to a workspace with this many rooms, and waits until the workspace and the app
 * are stored on the device.
 */
export const withHome = async <T>(rooms: number, run: (home: HomeOnDevice) => Promise<T>): Promise<T> =>
  withServer(async server => {
    const workspace = await server.createWorkspace()
    const workload = createWorkload(rooms)
    await storeDocument(workspace, workload.doc)
    return withProfile(async profile => {
      const home = { url: server.url(), server, profile, workspace, workload }
      progress(`  ${rooms} rooms: the first open`)
      const page = await profile.newPage()
      await signIn(page, home.url)
      await page.close()
      return run(home)
    })
  })

const signIn = async (page: Page, url: string): Promise<void> => {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('Email').fill(ACCOUNT.email)
  await page.getByLabel('Password').fill(ACCOUNT.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('article').first().waitFor()
  await whenSynced(page)
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
}

/** Opens Home in a new tab, optionally with the CPU slowed down. */
export const openHome = async ({ profile, url }: HomeOnDevice, slow = true): Promise<Page> => {
  const page = await profile.newPage({ slow })
  await page.goto(url)
  await page.waitForFunction(() => window.benchProbe.firstTileAt !== null)
  return page
}

export const whenSynced = (page: Page): Promise<void> =>
  page.getByRole('status', { name: 'Sync' }).getByText('All changes synced').waitFor()

/** The whole document as one update, as a second device would load it. */
export const wholeDocument = ({ workload }: HomeOnDevice): Uint8Array => Y.encodeStateAsUpdate(workload.doc)

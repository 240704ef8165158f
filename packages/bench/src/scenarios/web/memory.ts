import type { Page } from '@playwright/test'
import { setTimeout as sleep } from 'node:timers/promises'
import { assertConnected, Device } from '../../client/device.ts'
import { waitUntil } from '../../client/wait.ts'
import { newClient } from '../../client/workload.ts'
import { count, progress, type Scenario } from '../../figure.ts'
import { devtools } from '../../web/browser.ts'
import { withHome, whenSynced } from '../../web/home-on-device.ts'

const ROOMS = 200
/** An hour with one edit per second. */
const EDITS = 3_600
const EDITS_QUICK = 300
const PER_SECOND = 60
/** After this many edits by the other device, this one renames a room too. */
const OWN_EDIT_EVERY = 100

/** Home's memory after an hour of edits, by a colleague and by the local user. */
export const memory: Scenario = ({ quick }) =>
  withHome(ROOMS, async ({ profile, url, workspace, workload }) => {
    const page = await profile.newPage()
    await page.goto(url)
    await whenSynced(page)
    const before = await readMemory(page, url)
    const edits = quick ? EDITS_QUICK : EDITS
    const colleague = new Device(workspace)
    await colleague.synced
    const client = newClient()
    const began = performance.now()
    for (let edit = 0; edit < edits; edit++) {
      colleague.sendUpdate(workload.rename(edit % ROOMS, client, Date.now()))
      if (edit % OWN_EDIT_EVERY === 0) await renameFirst(page, `Mine ${edit}`)
      const early = (edit / PER_SECOND) * 1_000 - (performance.now() - began)
      if (early > 0) await sleep(early)
    }
    await waitUntil('the edits are stored', () => {
      assertConnected([colleague])
      return colleague.sent === colleague.durable
    })
    colleague.close()
    await whenSynced(page)
    progress(`  ${count(edits)} edits in ${Math.round((performance.now() - began) / 1_000)} s`)
    const after = await readMemory(page, url)
    return [
      {
        what: `memory after ${count(edits)} edits to ${ROOMS} rooms: JavaScript heap`,
        measured: `${megabytes(before.heap)} → ${megabytes(after.heap)}`,
        target: '',
        passed: null
      },
      {
        what: '  elements of the page; IndexedDB',
        measured: `${count(before.nodes)} → ${count(after.nodes)}; ${megabytes(before.stored)} → ${megabytes(after.stored)}`,
        target: '',
        passed: null
      }
    ]
  })

const renameFirst = async (page: Page, name: string): Promise<void> => {
  const tile = page.getByRole('region', { name: 'Rooms' }).getByRole('article').first()
  await tile.getByRole('button', { name: /^Settings for/ }).click()
  await page.getByRole('menuitem', { name: 'Rename and privacy' }).click()
  const dialog = page.getByRole('dialog', { name: 'Rename and privacy' })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

/** Bytes in use after garbage collection, and the page's number of DOM nodes. */
const readMemory = async (page: Page, origin: string) => {
  const session = await devtools(page)
  // Twice: objects held by finalizers are collected in the second round.
  for (let i = 0; i < 2; i++) await session.send('HeapProfiler.collectGarbage')
  const { usedSize: heap } = await session.send('Runtime.getHeapUsage')
  const { nodes } = await session.send('Memory.getDOMCounters')
  const { usageBreakdown } = await session.send('Storage.getUsageAndQuota', { origin })
  const stored = usageBreakdown.find(({ storageType }) => storageType === 'indexeddb')?.usage ?? 0
  await session.detach()
  return { heap, nodes, stored }
}

const megabytes = (number: number): string => `${(number / 1_000_000).toFixed(2)} MB`

import { UNUSED_PICTURE_KEPT_MS } from '@foyer/doc/policy'
import { uploads } from '@foyer/db'
import { createRoom, editItem } from '@foyer/doc'
import { sha256Hex } from '@foyer/doc/sha256'
import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { nanoid } from 'nanoid'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createR2PictureStore } from '../src/pictures/r2-picture-store.ts'
import { createLibsqlUpdateStore } from '../src/workspace/storage/libsql-update-store.ts'
import { createPictureSweep } from '../src/workspace/upkeep/picture-sweep.ts'
import { LostOwnershipError } from '../src/workspace/storage/update-store.ts'
import { adoptWorkspace, openDatabase, request, signUp } from './account.ts'
import { createMemoryKeyValues } from './memory-key-values.ts'
import { madePng } from './pictures.ts'
import { allStored, join } from './replica.ts'

const DAY = 86_400_000
const NOW = 1_800_000_000_000
const PATIENCE = { timeout: 10_000 }
const database = openDatabase()

let cookie: string
let workspaceId: string
beforeEach(async () => {
  ;({ cookie } = await signUp())
  workspaceId = await adoptWorkspace(cookie)
})
afterEach(() => {
  vi.useRealTimers()
})

/** Uploads a picture that no other test has. @returns its SHA-256 */
const upload = async (picture = madePng(1_600, 900, nanoid()), workspace = workspaceId, as = cookie) => {
  const hash = await sha256Hex(picture)
  for (const [part, body] of [['', picture] as const, ['/thumbnail', madePng(480, 270)] as const]) {
    const path = `/api/uploads/${hash}${part}?workspace=${workspace}`
    const response = await request(path, { method: 'PUT', cookie: as, body })
    expect(response.ok, await response.text()).toBe(true)
  }
  return hash
}
const isKept = async (hash: string) => {
  const paths = [`/media/${hash}`, `/media/${hash}/thumbnail`]
  const statuses = await Promise.all(paths.map(async path => (await request(path)).status))
  expect(new Set(statuses).size).toBe(1)
  return statuses[0] === 200
}
const rowsOf = (workspace = workspaceId) =>
  database.orm.select().from(uploads).where(eq(uploads.workspaceId, workspace))

const open = async ({ storage = createMemoryKeyValues(), workspace = workspaceId } = {}) => {
  const document = { database, workspaceId: workspace, owner: nanoid() }
  await createLibsqlUpdateStore(document).load(1)
  return createPictureSweep({ ...document, pictures: createR2PictureStore(env.PICTURES), storage })
}

it('removes only pictures that no item has used for 30 days', async () => {
  const [named, unnamed, late] = [await upload(), await upload(), await upload()]
  const sweep = await open()
  await sweep.run(new Set([named, late]), NOW)
  await sweep.run(new Set([named]), NOW + DAY)
  await sweep.run(new Set([named]), NOW + UNUSED_PICTURE_KEPT_MS - 1)
  expect(await rowsOf()).toHaveLength(3)
  await sweep.run(new Set([named]), NOW + UNUSED_PICTURE_KEPT_MS)
  expect((await rowsOf()).map(row => row.sha256).sort()).toEqual([named, late].sort())
  expect([await isKept(named), await isKept(unnamed), await isKept(late)]).toEqual([true, false, true])
})

it('restarts the 30 days when a picture is used or uploaded again', async () => {
  const picture = madePng(1_600, 900, nanoid())
  const [named, again] = [await upload(), await upload(picture)]
  const sweep = await open()
  await sweep.run(new Set(), NOW)
  await sweep.run(new Set([named]), NOW + DAY)
  await upload(picture)
  await sweep.run(new Set(), NOW + UNUSED_PICTURE_KEPT_MS)
  expect(await Promise.all([named, again].map(isKept))).toEqual([true, true])
})

it('keeps the bytes of a picture that another workspace has too', async () => {
  const picture = madePng(1_600, 900, nanoid())
  const hash = await upload(picture)
  const other = await signUp()
  const workspace = await adoptWorkspace(other.cookie)
  await upload(picture, workspace, other.cookie)
  const [here, there] = [await open(), await open({ workspace })]
  for (const now of [NOW, NOW + UNUSED_PICTURE_KEPT_MS]) await here.run(new Set(), now)
  expect([await rowsOf(), await isKept(hash)]).toEqual([[], true])
  for (const now of [NOW, NOW + UNUSED_PICTURE_KEPT_MS]) await there.run(new Set(), now)
  expect([await rowsOf(workspace), await isKept(hash)]).toEqual([[], false])
})

it('runs only for the engine that owns the document', async () => {
  const hash = await upload()
  const stale = await open()
  await open()
  await expect(stale.run(new Set(), NOW)).rejects.toThrow(LostOwnershipError)
  expect(await rowsOf()).toMatchObject([{ sha256: hash, unusedSince: null }])
})

it('is due once a day, also after hibernation', async () => {
  const storage = createMemoryKeyValues()
  const sweep = await open({ storage })
  expect(sweep.isDue(NOW)).toBe(true)
  await sweep.run(new Set(), NOW)
  for (const { isDue } of [sweep, await open({ storage })]) {
    expect([isDue(NOW + DAY - 1), isDue(NOW + DAY)]).toEqual([false, true])
  }
})

it('keeps pictures of all items, also of those in "Recently deleted"', async () => {
  const picture = async () => ({ image: await upload(), width: 1_600, height: 900 })
  const [cover, next, logo] = [await picture(), await picture(), (await picture()).image]
  const host = await join(workspaceId, cookie)
  const id = host.doc.transact(() => {
    const id = createRoom(host.doc, { name: 'Weekly' }, Date.now())
    const lobby = { layout: 'centered', logo } as const
    editItem(host.doc, { kind: 'room', id }, { cover, lobby, deletedAt: Date.now() }, Date.now())
    return id
  })
  await allStored(host)
  const unused = async () => (await rowsOf()).filter(row => row.unusedSince !== null).map(row => row.sha256)
  await vi.waitFor(async () => {
    expect(await unused()).toEqual([next.image])
  }, PATIENCE)
  await evictDurableObject(env.WORKSPACE_OBJECT.getByName(workspaceId))
  vi.useFakeTimers({ now: Date.now() + DAY, toFake: ['Date'] })
  editItem(host.doc, { kind: 'room', id }, { cover: next }, Date.now())
  await allStored(host)
  await vi.waitFor(async () => {
    expect(await unused()).toEqual([cover.image])
  }, PATIENCE)
})

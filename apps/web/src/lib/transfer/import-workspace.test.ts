import { createRoom, createWebinar, deleteForGood, editItem, readItems, type Item } from '@foyer/doc'
import { sha256Hex } from '@foyer/doc/sha256'
import { createUsageLane } from '@foyer/sync'
import { strFromU8, unzipSync } from 'fflate'
import { beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { smallPng } from '#lib/pictures/testing/small-png.ts'
import { exportWorkspace } from './export-workspace.ts'
import {
  importIntoOpen,
  previewImport,
  readForImport,
  runImport,
  type ImportTarget
} from './import-workspace.ts'
import type { PictureStorage } from './picture-storage.ts'
import { changeWords, noteWords, summaryWords } from './summary-words.ts'
import type { WorkspaceFile } from './workspace-file.ts'
import { WorkspaceReplacedError } from './workspace-replaced-error.ts'

const NOW = 1_000_000
const schedule = { startsAt: '2026-12-01T10:00', timeZone: 'Europe/Berlin', minutes: 45 }

/** A device with a workspace, and a storage whose pictures the test can see. */
const createDevice = (workspaceId: string) => {
  const doc = new Y.Doc()
  const usage = createUsageLane({
    load: () => Promise.resolve({ known: {}, pending: {} }),
    save: () => Promise.resolve()
  })
  const kept = new Map<string, Blob>()
  const pictures: PictureStorage = {
    read: sha256 => Promise.resolve(kept.get(sha256)),
    put: (image, sha256 = '') => {
      kept.set(sha256, image)
      return Promise.resolve({ image: sha256, width: 1, height: 1 })
    }
  }
  const items = (): Item[] => [...readItems(doc, 'room'), ...readItems(doc, 'webinar')]
  const target: ImportTarget = {
    workspaceId,
    doc,
    usage,
    pictures,
    isCurrent: () => true,
    edit: change => {
      change(doc)
    }
  }
  const exported = () =>
    exportWorkspace({
      workspace: { id: workspaceId, name: 'Team' },
      doc,
      lastUsedAt: id => usage.lastUsedAt(id),
      pictures,
      app: 'test',
      now: NOW
    })
  const bring = async (file: Blob, now = NOW) =>
    runImport(await readForImport(file, workspaceId, now), target, () => now)
  return { doc, usage, kept, target, items, exported, bring }
}

const addPicture = async (kept: Map<string, Blob>, text: string, type = 'image/png') => {
  const bytes = smallPng(text)
  const sha256 = await sha256Hex(bytes)
  kept.set(sha256, new Blob([bytes], { type }))
  return sha256
}

const withoutEpochs = (items: Item[]) => items.map(({ epoch: _, ...item }) => item)

let from: ReturnType<typeof createDevice>
let room: { kind: 'room'; id: string }
let image: string
beforeEach(async () => {
  from = createDevice('ours')
  image = await addPicture(from.kept, 'a picture')
  const cover = { image, width: 16, height: 9 }
  room = { kind: 'room', id: createRoom(from.doc, { name: 'Kaffee ☕', cover }, 1) }
  createWebinar(from.doc, { name: 'Launch', schedule }, 2)
  from.usage.takePending({ [room.id]: 500 })
})

test('a round trip keeps items, times of use and pictures', async () => {
  const to = createDevice('ours')
  const { file, ...counts } = await from.exported()
  expect(counts).toEqual({ rooms: 1, webinars: 1, pictures: 1, missing: 0 })
  const summary = await to.bring(file)
  expect(summary).toMatchObject({ created: { room: 1, webinar: 1 }, same: 0, pictures: 1 })
  expect(withoutEpochs(to.items())).toEqual(withoutEpochs(from.items()))
  expect(to.usage.lastUsedAt(room.id)).toBe(500)
  expect(await to.kept.get(image)?.text()).toBe(await from.kept.get(image)?.text())
  expect(to.kept.get(image)?.type).toBe('image/png')
})

test('the file is readable and contains no secrets', async () => {
  const files = unzipSync(new Uint8Array(await (await from.exported()).file.arrayBuffer()))
  expect(Object.keys(files).sort()).toEqual(['README.txt', `pictures/${image}.png`, 'workspace.json'])
  const text = strFromU8(files['workspace.json']!)
  expect(text).toContain('\n  "rooms": [\n')
  const file = JSON.parse(text) as WorkspaceFile
  expect(file).toMatchObject({
    format: 'foyer-workspace',
    version: 1,
    exportedAt: new Date(NOW).toISOString(),
    workspace: { id: 'ours', name: 'Team' },
    rooms: [{ name: 'Kaffee ☕', lastUsedAt: new Date(500).toISOString() }],
    webinars: [{ name: 'Launch', schedule, lastUsedAt: null }]
  })
  expect(text).not.toMatch(/linkKey|token|email/)
})

test('a second import changes nothing, and reports that', async () => {
  const to = createDevice('ours')
  const { file } = await from.exported()
  await to.bring(file)
  const before = Y.encodeStateVector(to.doc)
  expect(await to.bring(file)).toMatchObject({ same: 2, pictures: 0, changes: [] })
  expect(Y.encodeStateVector(to.doc)).toEqual(before)
})

test('the preview matches the import and writes nothing', async () => {
  const to = createDevice('ours')
  await to.bring((await from.exported()).file)
  editItem(from.doc, room, { name: 'Tea' }, 10)
  createRoom(from.doc, { name: 'New' }, 11)
  const read = await readForImport((await from.exported()).file, 'ours', NOW)
  const before = to.items()
  const preview = await previewImport(read, to.target, NOW)
  expect(to.items()).toEqual(before)
  expect(preview).toMatchObject({ created: { room: 1 }, changed: { room: 1 }, same: 1 })
  expect(preview.changes[0]).toMatchObject({ nameBefore: 'Kaffee ☕', name: 'Tea', fields: ['name'] })
  expect(await runImport(read, to.target, () => NOW)).toEqual(preview)
})

test('changes after the preview are taken into account', async () => {
  const to = createDevice('ours')
  await to.bring((await from.exported()).file)
  editItem(from.doc, room, { name: 'Tea' }, 10)
  const read = await readForImport((await from.exported()).file, 'ours', NOW)
  expect((await previewImport(read, to.target, NOW)).changed.room).toBe(1)
  editItem(to.doc, room, { name: 'Cocoa' }, 20)
  expect((await runImport(read, to.target, () => NOW)).changes).toEqual([])
  expect(to.items()[0]?.name).toBe('Cocoa')
})

test('items deleted for good are reported separately', async () => {
  const to = createDevice('ours')
  const { file } = await from.exported()
  await to.bring(file)
  deleteForGood(to.doc, room, NOW)
  const summary = await to.bring(file)
  expect(summary).toMatchObject({ same: 1, changes: [], gone: [{ name: 'Kaffee ☕', used: false }] })
  expect(summaryWords(summary)).toEqual(['1 is the same', '1 stays deleted for good'])
})

describe('what stays as it is here, though the file has something else', () => {
  test('is reported by field, with the name in the file', async () => {
    const to = createDevice('ours')
    const { file } = await from.exported()
    await to.bring(file)
    editItem(to.doc, room, { name: 'Tea' }, 10)
    const summary = await to.bring(file)
    expect(summary).toMatchObject({ same: 1, changes: [], kept: [{ name: 'Tea', nameInFile: 'Kaffee ☕' }] })
    expect(summaryWords(summary)).toEqual(['1 is the same', '1 is newer here'])
    expect(changeWords(summary.kept[0]!)).toBe('Newer here: Name')
    expect(noteWords(summary.kept[0]!)).toBe('Called “Kaffee ☕” in the file')
  })

  test('is reported as deleted if it is deleted here', async () => {
    const to = createDevice('ours')
    const { file } = await from.exported()
    await to.bring(file)
    editItem(to.doc, room, { deletedAt: 10 }, 10)
    const summary = await to.bring(file)
    expect(summaryWords(summary)).toContain('1 in Recently deleted')
    expect(changeWords(summary.kept[0]!)).toContain('In Recently deleted')
  })
})

test('items deleted before the export are imported into Recently deleted', async () => {
  editItem(from.doc, room, { deletedAt: 10 }, 10)
  const summary = await createDevice('ours').bring((await from.exported()).file)
  expect(summary).toMatchObject({ created: { room: 1 }, deleted: 1 })
  expect(changeWords(summary.changes[0]!)).toBe('New · In Recently deleted')
})

describe('times of use', () => {
  test('never decrease and are never in the future', async () => {
    const to = createDevice('ours')
    const { file } = await from.exported()
    await to.bring(file, 300)
    expect(to.usage.lastUsedAt(room.id)).toBe(300)
    expect((await to.bring(file)).changes).toMatchObject([{ used: true, fate: 'same', fields: [] }])
    to.usage.takePending({ [room.id]: 900 })
    await to.bring(file)
    expect(to.usage.lastUsedAt(room.id)).toBe(900)
  })

  test('are imported for the new items of another workspace', async () => {
    const to = createDevice('theirs')
    await to.bring((await from.exported()).file)
    const [copy] = to.items()
    expect(copy?.id).not.toBe(room.id)
    expect(to.usage.lastUsedAt(copy!.id)).toBe(500)
    expect((await to.bring((await from.exported()).file)).changes).toEqual([])
  })
})

describe('a workspace that is replaced while its pictures are kept', () => {
  /** Devices that replace each other, one with each picture. */
  const opened = (...devices: ReturnType<typeof createDevice>[]) => {
    let at = 0
    for (const [own, { target }] of devices.entries()) {
      const { put } = target.pictures
      target.isCurrent = () => own === at
      target.pictures.put = async (...of) => {
        if (at < devices.length - 1) at++
        expect(of[2]).toBe(target.workspaceId)
        return put(...of)
      }
    }
    return () => Promise.resolve(devices[at]!.target)
  }
  const bringInto = async (target: () => Promise<ImportTarget | null>) =>
    importIntoOpen(await readForImport((await from.exported()).file, 'ours', NOW), target, () => NOW)

  test('stays unchanged, and its replacement gets everything', async () => {
    const [old, renewed] = [createDevice('ours'), createDevice('ours')]
    expect(await bringInto(opened(old, renewed))).toMatchObject({ created: { room: 1, webinar: 1 } })
    expect(old.items()).toEqual([])
    expect(renewed.items().map(({ id }) => id)).toContain(room.id)
    expect(renewed.kept.has(image)).toBe(true)
  })

  test('another workspace gets new items', async () => {
    const [old, signedIn] = [createDevice('ours'), createDevice('theirs')]
    await bringInto(opened(old, signedIn))
    expect(old.items()).toEqual([])
    expect(signedIn.items()).toHaveLength(2)
    expect(signedIn.items().map(({ id }) => id)).not.toContain(room.id)
  })

  test('twice, or with a read-only one: nothing is written', async () => {
    const devices = [createDevice('ours'), createDevice('ours'), createDevice('ours')]
    await expect(bringInto(opened(...devices))).rejects.toThrow(WorkspaceReplacedError)
    for (const { items } of devices) expect(items()).toEqual([])
    await expect(bringInto(() => Promise.resolve(null))).rejects.toThrow(WorkspaceReplacedError)
  })
})

describe('pictures', () => {
  test('that are unavailable are listed in the file', async () => {
    from.kept.clear()
    const { file, missing } = await from.exported()
    expect(missing).toBe(1)
    const to = createDevice('ours')
    expect(await to.bring(file)).toMatchObject({ created: { room: 1 }, pictures: 0 })
    expect(withoutEpochs(to.items())).toEqual(withoutEpochs(from.items()))
  })

  test('that cannot be stored stop the import before anything is written', async () => {
    const to = createDevice('ours')
    to.target.pictures.put = () => Promise.reject(new Error('the disk is full'))
    const { file } = await from.exported()
    await expect(to.bring(file)).rejects.toThrow('the disk is full')
    expect(to.items()).toEqual([])
  })

  test('that are stored under another hash stop the import before anything is written', async () => {
    const to = createDevice('ours')
    to.target.pictures.put = () => Promise.resolve({ image: 'f'.repeat(64), width: 1, height: 1 })
    const { file } = await from.exported()
    await expect(to.bring(file)).rejects.toMatchObject({ code: 'not-stored' })
    expect(to.items()).toEqual([])
  })
})

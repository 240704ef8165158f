import { createRoom, createWebinar } from '@foyer/doc'
import { sha256Hex } from '@foyer/doc/sha256'
import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate'
import { beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { smallPng } from '#lib/pictures/testing/small-png.ts'
import { BrokenFileError, type Problem } from './broken-file.ts'
import { exportWorkspace } from './export-workspace.ts'
import { readWorkspaceFile } from './read-workspace-file.ts'
import { FILE_LIMITS, type WorkspaceFile } from './workspace-file.ts'

const NOW = 1_000_000
const schedule = { startsAt: '2026-12-01T10:00', timeZone: 'Europe/Berlin', minutes: 45 }

let files: Record<string, Uint8Array>
let picture: string
let json: WorkspaceFile
beforeEach(async () => {
  const bytes = smallPng()
  const image = await sha256Hex(bytes)
  const doc = new Y.Doc()
  createRoom(doc, { name: 'First' }, 1)
  createRoom(doc, { name: 'Second', cover: { image, width: 16, height: 9 } }, 2)
  createWebinar(doc, { name: 'Launch', schedule }, 3)
  const { file } = await exportWorkspace({
    workspace: { id: 'ours', name: 'Team' },
    doc,
    lastUsedAt: () => undefined,
    pictures: {
      read: () => Promise.resolve(new Blob([bytes], { type: 'image/png' })),
      put: () => Promise.reject(new Error('not here'))
    },
    app: 'test',
    now: NOW
  })
  files = unzipSync(new Uint8Array(await file.arrayBuffer()))
  picture = `pictures/${image}.png`
  json = JSON.parse(strFromU8(files['workspace.json']!)) as WorkspaceFile
})

const zip = (of: Zippable = files) => new Blob([zipSync(of)])
const withJson = (change: object) =>
  zip({ ...files, 'workspace.json': strToU8(JSON.stringify({ ...json, ...change })) })
const problemsOf = async (file: Blob): Promise<readonly Problem[]> => {
  const error: unknown = await readWorkspaceFile(file, NOW).catch((error: unknown) => error)
  if (error instanceof BrokenFileError) return error.problems
  throw error instanceof Error ? error : new Error('it was read')
}

test('a file repacked by another program, in a folder, is read', async () => {
  const anew = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`Team/${name}`, bytes]))
  const read = await readWorkspaceFile(zip({ '__MACOSX/._x': strToU8('x'), ...anew }), NOW)
  expect(read.items.map(({ entries }) => entries.name?.[0])).toEqual(['First', 'Second', 'Launch'])
  expect(read.pictures.size).toBe(1)
})

test('other files are ignored, whatever their path', async () => {
  const more = {
    '../../etc/passwd': strToU8('x'),
    [`../${picture}`]: strToU8('x'),
    'pictures/x.svg': strToU8('x')
  }
  const read = await readWorkspaceFile(zip({ ...files, ...more }), NOW)
  expect([...read.pictures.values()].map(({ entry }) => entry.name)).toEqual([picture])
})

test.each<[string, (name: string) => string]>([
  ['Windows’ separators', name => `Export\\${name.replaceAll('/', '\\')}`],
  ['a dot in front', name => `./${name}`],
  ['folders in folders', name => `a/b/${name}`],
  ['capitals', name => name.toUpperCase().replace('PICTURES', 'pictures')]
])('a zip with %s is read', async (_what, rename) => {
  const renamed = Object.fromEntries(Object.entries(files).map(([name, content]) => [rename(name), content]))
  const more = { '__MACOSX/workspace.json': strToU8('x'), 'Export/': new Uint8Array() }
  const read = await readWorkspaceFile(zip({ ...renamed, ...more }), NOW)
  expect(read.pictures.size).toBe(1)
})

test('a zip with two workspaces is rejected', async () => {
  const two = { 'a/workspace.json': strToU8('{}'), 'b/workspace.json': strToU8('{}') }
  expect(await problemsOf(zip(two))).toMatchObject([{ fault: 'twice' }])
})

test.each([
  ['nothing', new Uint8Array()],
  ['a text', strToU8('{"format": "foyer-workspace"}')],
  ['noise', Uint8Array.from({ length: 5_000 }, (_, at) => (at * 7919) & 255)]
])('%s is not a zip', async (_what, bytes) => {
  expect(await problemsOf(new Blob([bytes]))).toEqual([{ where: '', fault: 'not-a-zip' }])
})

test('a truncated zip is rejected wherever it is cut', async () => {
  const bytes = zipSync(files)
  for (let size = 0; size < bytes.length; size += 13) {
    expect(await problemsOf(new Blob([bytes.subarray(0, size)]))).toEqual([{ where: '', fault: 'not-a-zip' }])
  }
})

test('a corrupted byte is detected', async () => {
  const bytes = zipSync(files, { level: 0 })
  const at = Buffer.from(bytes).indexOf('"First"')
  bytes[at + 1] = 'f'.charCodeAt(0)
  expect(await problemsOf(new Blob([bytes]))).toEqual([{ where: 'workspace.json', fault: 'damaged' }])
})

test('a zip without a workspace is rejected', async () => {
  expect(await problemsOf(zip({ 'other.json': strToU8('{}') }))).toEqual([
    { where: '', fault: 'no-workspace' }
  ])
})

test('a JSON syntax error is reported with line and column', async () => {
  const broken = strFromU8(files['workspace.json']!).replace('"version": 1', '"version": one')
  expect(await problemsOf(zip({ ...files, 'workspace.json': strToU8(broken) }))).toEqual([
    { where: 'workspace.json', fault: 'syntax', place: { line: 3, column: 14 } }
  ])
})

test.each([
  ['format', { format: 'other' }, 'format', '"other"'],
  ['version', { version: 2 }, 'newer', '2'],
  ['version', { version: '1' }, 'version', '"1"'],
  ['exportedAt', { exportedAt: 'today' }, 'time', '"today"'],
  ['workspace.id', { workspace: {} }, 'workspace-id', undefined],
  ['rooms', { rooms: {} }, 'list', '{}'],
  ['webinars', { webinars: undefined }, 'list', undefined]
])('%s is wrong in %j', async (where, change, fault, found) => {
  expect(await problemsOf(withJson(change))).toEqual([{ where, fault, ...(found && { found }) }])
})

test('an invalid value is reported with its path and its item’s name', async () => {
  const webinars = [{ ...json.webinars[0], schedule: { ...schedule, minutes: 0 } }]
  expect(await problemsOf(withJson({ webinars }))).toEqual([
    { where: 'webinars[0].schedule.minutes', fault: 'minutes', found: '0', itemName: 'Launch' }
  ])
})

test('a webinar in a zone this browser does not know is read', async () => {
  const webinars = [{ ...json.webinars[0], schedule: { ...schedule, timeZone: 'Mars/Base' } }]
  const { items } = await readWorkspaceFile(withJson({ webinars }), NOW)
  expect(items[2]?.mended?.written).toEqual({ ...schedule, timeZone: 'UTC' })
})

test('all problems are counted, the first twenty are reported', async () => {
  const rooms = Array.from({ length: 15 }, () => ({ ...json.rooms[0], name: '', access: 'x' }))
  const error: unknown = await readWorkspaceFile(withJson({ rooms }), NOW).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(BrokenFileError)
  expect((error as BrokenFileError).total).toBe(30)
  expect((error as BrokenFileError).problems).toHaveLength(20)
})

test('duplicate ids and links are reported', async () => {
  const [first] = json.rooms
  const problems = await problemsOf(withJson({ rooms: [first, first, json.rooms[1]] }))
  expect(problems.map(({ where, fault }) => [where, fault])).toEqual([
    ['rooms[1].id', 'twice'],
    ['rooms[1].links.slug', 'twice']
  ])
})

test('a missing picture is reported', async () => {
  const { [picture]: _, ...rest } = files
  expect(await problemsOf(zip(rest))).toMatchObject([
    { where: 'rooms[1]', fault: 'picture-missing', itemName: 'Second' }
  ])
})

test('a picture with a wrong hash is reported', async () => {
  expect(await problemsOf(zip({ ...files, [picture]: strToU8('another') }))).toEqual([
    { where: picture, fault: 'other-picture' }
  ])
})

test('a picture that cannot be decoded is reported', async () => {
  const junk = strToU8('no picture at all')
  const where = `pictures/${await sha256Hex(junk)}.png`
  expect(await problemsOf(zip({ ...files, [where]: junk }))).toEqual([{ where, fault: 'damaged' }])
  const cannot = () => Promise.reject(new Error('not decoded'))
  await expect(readWorkspaceFile(zip(), NOW, cannot)).rejects.toMatchObject({
    problems: [{ where: picture, fault: 'damaged' }]
  })
})

test('a picture that unpacks beyond the limit is rejected', async () => {
  const bomb = new Uint8Array(FILE_LIMITS.pictureBytes + 1)
  expect(await problemsOf(zip({ ...files, [picture]: bomb }))).toEqual([
    { where: picture, fault: 'too-large' }
  ])
})

test('a picture that unpacks to more than its declared size is rejected', async () => {
  const bytes = zipSync({ ...files, [picture]: new Uint8Array(1024 * 1024) })
  const row = Buffer.from(bytes).lastIndexOf(picture) - 46
  new DataView(bytes.buffer).setUint32(row + 24, 9, true)
  expect(await problemsOf(new Blob([bytes]))).toEqual([{ where: picture, fault: 'damaged' }])
})

test('a picture with a wrong checksum is rejected', async () => {
  const bytes = zipSync(files, { level: 9 })
  const row = Buffer.from(bytes).lastIndexOf(picture) - 46
  const header = Buffer.from(bytes).indexOf(picture) - 30
  for (const at of [row + 16, header + 14]) new DataView(bytes.buffer).setUint32(at, 1, true)
  expect(await problemsOf(new Blob([bytes]))).toEqual([{ where: picture, fault: 'damaged' }])
})

test('overlapping entries are rejected', async () => {
  const bytes = zipSync(files, { level: 0 })
  const view = new DataView(bytes.buffer)
  const rowOf = (name: string) => Buffer.from(bytes).lastIndexOf(name) - 46
  const [own, other] = [rowOf(picture), rowOf('workspace.json')]
  // Point the picture's directory entry at workspace.json: sizes, checksum and offset.
  for (const at of [16, 20, 24, 42]) view.setUint32(own + at, view.getUint32(other + at, true), true)
  expect(await problemsOf(new Blob([bytes]))).toEqual([{ where: picture, fault: 'damaged' }])
})

test('a zip with too many folders is rejected', async () => {
  const folders = Array.from({ length: FILE_LIMITS.entries }, (_, at) => [`${String(at)}/`, new Uint8Array()])
  const many = zipSync({ ...files, ...(Object.fromEntries(folders) as Zippable) }, { level: 0 })
  expect(await problemsOf(new Blob([many]))).toEqual([{ where: '', fault: 'too-many-pictures' }])
})

/** Random bytes with picture names; uncompressed, which is faster. */
const withPictures = (count: number) => {
  const some = Array.from({ length: count }, (_, at) => [
    `pictures/${String(at).padStart(64, '0')}.png`,
    new Uint8Array()
  ])
  return new Blob([zipSync({ ...files, ...(Object.fromEntries(some) as Zippable) }, { level: 0 })])
}

test('thousands of pictures are accepted', async () => {
  expect((await problemsOf(withPictures(2_500)))[0]).toMatchObject({ fault: 'other-picture' })
})

test('too many pictures are rejected', async () => {
  expect(await problemsOf(withPictures(FILE_LIMITS.pictures + 1))).toEqual([
    { where: '', fault: 'too-many-pictures' }
  ])
})

import { uploads } from '@foyer/db'
import { sha256Hex } from '@foyer/doc/sha256'
import { and, eq } from 'drizzle-orm'
import { nanoid } from 'nanoid'
import { beforeEach, describe, expect, it } from 'vitest'
import { addPerson, adoptWorkspace, errorCode, openDatabase, request, signUp } from './account.ts'
import { latin1, madePng, pictureBytes, PICTURES, type PictureName } from './pictures.ts'

const MIB = 1024 * 1024

let cookie: string
let workspaceId: string
beforeEach(async () => {
  ;({ cookie } = await signUp())
  workspaceId = await adoptWorkspace(cookie)
})

/** A picture that no other test has. */
const newPicture = (bytes = 0) => madePng(1_600, 900, nanoid(), bytes)

const put = async (
  body: Uint8Array<ArrayBuffer>,
  { hash = '', part = '', workspace = workspaceId, as = cookie } = {}
) =>
  request(`/api/uploads/${hash || (await sha256Hex(body))}${part}?workspace=${workspace}`, {
    method: 'PUT',
    body,
    ...(as && { cookie: as })
  })
const outcome = async (response: Response) => [response.status, await errorCode(response)]
const media = async (body: Uint8Array, part = '', init: RequestInit = {}) =>
  request(`/media/${await sha256Hex(body)}${part}`, init)
const rowsOf = async (hash: string) =>
  openDatabase().orm.select().from(uploads).where(eq(uploads.sha256, hash))

describe('an upload', () => {
  it.each(Object.keys(PICTURES) as PictureName[])('of %s is kept and served to anybody', async name => {
    const body = pictureBytes(name)
    const type = `image/${name.split(' ').at(-1)!}`
    const response = await put(body)
    expect(response.status).toBe(201)
    expect(await response.json()).toEqual({
      upload: { sha256: await sha256Hex(body), width: 7, height: 5, bytes: body.length, type }
    })
    const served = await media(body)
    expect(served.status).toBe(200)
    expect(new Uint8Array(await served.arrayBuffer())).toEqual(body)
    expect(Object.fromEntries(served.headers)).toMatchObject({
      'content-type': type,
      'content-length': String(body.length),
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      etag: `"${await sha256Hex(body)}"`
    })
  })

  it('of the same again changes nothing', async () => {
    const body = newPicture()
    const first = await (await put(body)).json()
    const again = await put(body)
    expect([again.status, await again.json()]).toEqual([200, first])
    expect(await rowsOf(await sha256Hex(body))).toHaveLength(1)
  })

  it('that two send at once is kept once', async () => {
    const body = newPicture()
    const statuses = (await Promise.all([put(body), put(body), put(body)])).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 200, 201])
  })

  it('of what another workspace has too gets a row of its own', async () => {
    const body = newPicture()
    await put(body)
    const other = await signUp()
    const workspace = await adoptWorkspace(other.cookie)
    expect((await put(body, { workspace, as: other.cookie })).status).toBe(201)
    const rows = await rowsOf(await sha256Hex(body))
    expect(rows.map(row => row.workspaceId).sort()).toEqual([workspace, workspaceId].sort())
  })

  it.each(['admin', 'member'])('is open to the role %s', async role => {
    expect((await put(newPicture(), { as: (await addPerson(workspaceId, role)).cookie })).status).toBe(201)
  })

  it('is not for viewers, strangers, or nobody', async () => {
    const body = newPicture()
    const viewer = await addPerson(workspaceId, 'viewer')
    const stranger = await signUp()
    for (const part of ['', '/thumbnail']) {
      expect(await outcome(await put(body, { part, as: viewer.cookie }))).toEqual([403, 'read-only'])
      expect(await outcome(await put(body, { part, as: stranger.cookie }))).toEqual([403, 'not-a-member'])
      expect(await outcome(await put(body, { part, as: '' }))).toEqual([401, 'signed-out'])
      expect(await outcome(await put(body, { part, workspace: '' }))).toEqual([403, 'not-a-member'])
    }
    expect((await media(body)).status).toBe(404)
  })

  it('is validated before it is stored', async () => {
    const wrong = newPicture()
    const hash = await sha256Hex(newPicture())
    expect(await outcome(await put(wrong, { hash }))).toEqual([400, 'wrong-hash'])
    expect(await outcome(await put(newPicture(4 * MIB + 1)))).toEqual([413, 'too-large'])
    expect(await outcome(await put(madePng(0, 5, nanoid())))).toEqual([400, 'broken-picture'])
    expect(await outcome(await put(new Uint8Array()))).toEqual([415, 'not-a-picture'])
    for (const address of [hash, await sha256Hex(wrong), await sha256Hex(madePng(0, 5))]) {
      expect((await request(`/media/${address}`)).status).toBe(404)
      expect(await rowsOf(address)).toEqual([])
    }
  })

  it('without a length is not read beyond the limit', async () => {
    let given = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += MIB
        controller.enqueue(new Uint8Array(MIB))
        if (given === 64 * MIB) controller.close()
      }
    })
    const response = await request(`/api/uploads/${'0'.repeat(64)}?workspace=${workspaceId}`, {
      method: 'PUT',
      cookie,
      body
    })
    expect(await outcome(response)).toEqual([413, 'too-large'])
    expect(given).toBeLessThan(16 * MIB)
  })

  it.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['HTML', '<!doctype html><p>hello'],
    ['GIF', 'GIF89a\x01\0\x01\0\0\0\0;']
  ])('of %s is refused, whatever it calls itself', async (_what, text) => {
    const body = latin1(text)
    const response = await request(`/api/uploads/${await sha256Hex(body)}?workspace=${workspaceId}`, {
      method: 'PUT',
      cookie,
      body,
      headers: { 'content-type': 'image/png' }
    })
    expect(response.status).toBe(415)
    expect(await response.json()).toMatchObject({
      error: { code: 'not-a-picture', message: expect.stringContaining('SVG') as string }
    })
  })

  it.each(['abc', 'A'.repeat(64), `${'0'.repeat(63)}g`])('to the address %s is refused', async hash => {
    expect(await outcome(await put(newPicture(), { hash }))).toEqual([400, 'bad-input'])
    expect(await outcome(await put(newPicture(), { hash, part: '/thumbnail' }))).toEqual([400, 'bad-input'])
    expect((await request(`/media/${hash}`)).status).toBe(400)
  })

  it('that another site’s page sends is refused', async () => {
    const body = newPicture()
    const response = await request(`/api/uploads/${await sha256Hex(body)}?workspace=${workspaceId}`, {
      method: 'PUT',
      cookie,
      body,
      headers: { origin: 'https://evil.example' }
    })
    expect(await outcome(response)).toEqual([403, 'other-origin'])
  })
})

describe('a workspace’s picture quota', () => {
  const fill = (pictures: number, bytes: number) =>
    openDatabase()
      .orm.insert(uploads)
      .values(
        Array.from({ length: pictures }, () => ({
          workspaceId,
          sha256: nanoid(),
          bytes,
          type: 'image/png',
          width: 1,
          height: 1,
          userId: 'ada',
          createdAt: 1
        }))
      )

  it('holds for concurrent uploads', async () => {
    const pictures = [newPicture(MIB), newPicture(MIB), newPicture(MIB), newPicture(MIB)]
    await fill(1, 198 * MIB) // two more fit
    const responses = await Promise.all(pictures.map(picture => put(picture)))
    expect(responses.map(({ status }) => status).sort()).toEqual([201, 201, 413, 413])
    const [refused] = responses.filter(({ status }) => status === 413)
    expect(await errorCode(refused!)).toBe('over-quota')
  })

  it('is 5,000 pictures too, and what is there already still counts as uploaded', async () => {
    const body = newPicture()
    await put(body)
    for (let i = 0; i < 5; i++) await fill(i === 4 ? 999 : 1_000, 1)
    const another = newPicture()
    expect(await outcome(await put(another))).toEqual([413, 'over-quota'])
    expect((await media(another)).status).toBe(404)
    expect((await put(body)).status).toBe(200)
  })

  it('holds thumbnails too', async () => {
    const body = newPicture()
    await put(body)
    await fill(1, 200 * MIB - body.length - 10)
    const response = await put(madePng(480, 270), { hash: await sha256Hex(body), part: '/thumbnail' })
    expect(await outcome(response)).toEqual([413, 'over-quota'])
  })
})

describe('a thumbnail', () => {
  const thumbnailOf = async (body: Uint8Array) => ({ hash: await sha256Hex(body), part: '/thumbnail' })

  it('is served beside its picture, and the first one stays', async () => {
    const body = newPicture()
    await put(body)
    const [first, second] = [madePng(480, 270, nanoid()), madePng(480, 270, nanoid())]
    expect((await put(first, await thumbnailOf(body))).status).toBe(201)
    expect((await put(first, await thumbnailOf(body))).status).toBe(200)
    expect((await put(second, await thumbnailOf(body))).status).toBe(200)
    const served = await media(body, '/thumbnail')
    expect(new Uint8Array(await served.arrayBuffer())).toEqual(first)
    expect(served.headers.get('cache-control')).toContain('immutable')
    const [row] = await openDatabase()
      .orm.select()
      .from(uploads)
      .where(and(eq(uploads.workspaceId, workspaceId), eq(uploads.sha256, await sha256Hex(body))))
    expect(row?.thumbnailBytes).toBe(first.length)
  })

  it('is chosen by the workspace that had the picture first, for all', async () => {
    const body = newPicture()
    await put(body)
    const other = await signUp()
    const workspace = await adoptWorkspace(other.cookie)
    await put(body, { workspace, as: other.cookie })
    const [forged, own] = [madePng(480, 270, nanoid()), madePng(480, 270, nanoid())]
    const foreign = { ...(await thumbnailOf(body)), workspace, as: other.cookie }
    expect((await put(forged, foreign)).status).toBe(200)
    expect((await put(own, await thumbnailOf(body))).status).toBe(201)
    expect(new Uint8Array(await (await media(body, '/thumbnail')).arrayBuffer())).toEqual(own)
  })

  it('is replaced by the whole picture until it exists', async () => {
    const body = newPicture()
    await put(body)
    const served = await media(body, '/thumbnail')
    expect(new Uint8Array(await served.arrayBuffer())).toEqual(body)
    expect(served.headers.get('cache-control')).toBe('no-cache')
    const headers = { 'if-none-match': served.headers.get('etag')! }
    expect((await media(body, '/thumbnail', { headers })).status).toBe(304)
    await put(madePng(480, 270), await thumbnailOf(body))
    expect((await media(body, '/thumbnail', { headers })).status).toBe(200)
  })

  it('belongs to a picture of this workspace, is small, and is a picture', async () => {
    const body = newPicture()
    expect(await outcome(await put(madePng(480, 270), await thumbnailOf(body)))).toEqual([
      404,
      'no-such-picture'
    ])
    await put(body)
    const other = await signUp()
    const workspace = await adoptWorkspace(other.cookie)
    const foreign = { ...(await thumbnailOf(body)), workspace, as: other.cookie }
    expect(await outcome(await put(madePng(480, 270), foreign))).toEqual([404, 'no-such-picture'])
    const refused = async (thumbnail: Uint8Array<ArrayBuffer>) =>
      outcome(await put(thumbnail, await thumbnailOf(body)))
    expect(await refused(madePng(481, 270))).toEqual([413, 'too-large'])
    expect(await refused(madePng(480, 270, '', 256 * 1024 + 1))).toEqual([413, 'too-large'])
    expect(await refused(madePng(480, 300))).toEqual([400, 'other-proportions'])
    expect(await refused(latin1('<svg/>'))).toEqual([415, 'not-a-picture'])
  })
})

describe('/media', () => {
  it('answers a HEAD like a GET, without the bytes', async () => {
    const body = newPicture()
    await put(body)
    const head = await media(body, '', { method: 'HEAD' })
    expect([head.status, (await head.arrayBuffer()).byteLength]).toEqual([200, 0])
    const get = await media(body)
    await get.arrayBuffer()
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(get.headers))
  })

  it('answers 304 for what a browser has cached', async () => {
    const body = newPicture()
    await put(body)
    const tag = `"${await sha256Hex(body)}"`
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const response = await media(body, '', { headers: { 'if-none-match': known } })
      expect([response.status, await response.text()]).toEqual([304, ''])
      expect(response.headers.get('etag')).toBe(tag)
    }
    const other = await media(body, '', { headers: { 'if-none-match': '"other"' } })
    expect([other.status, (await other.arrayBuffer()).byteLength]).toEqual([200, body.length])
  })

  it('answers 404 for an unknown picture, uncached', async () => {
    for (const part of ['', '/thumbnail']) {
      const response = await media(newPicture(), part)
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(await outcome(response)).toEqual([404, 'no-such-picture'])
    }
  })
})

import { nanoid } from 'nanoid'
import { beforeEach, expect, it } from 'vitest'
import { addPerson, adoptWorkspace, errorCode, request, signUp } from './account.ts'

interface Pin {
  itemId: string
  pinned: boolean
  at: number
}

let cookie: string
let workspaceId: string
beforeEach(async () => {
  ;({ cookie } = await signUp())
  workspaceId = await adoptWorkspace(cookie)
})

const address = () => `/api/workspaces/${workspaceId}/pins`
const put = (pins: unknown, as = cookie) => request(address(), { method: 'PUT', cookie: as, json: { pins } })
const pinsOf = async (response: Response) => (await response.json<{ pins: Pin[] }>()).pins
const get = async (as = cookie) => pinsOf(await request(address(), { cookie: as }))

it('are the same on all devices of a person', async () => {
  expect(await get()).toEqual([])
  const [a, b] = [nanoid(), nanoid()]
  const pins = [
    { itemId: b, pinned: false, at: 20 },
    { itemId: a, pinned: true, at: 10 }
  ]
  const response = await put(pins)
  expect([response.status, await pinsOf(response)]).toEqual([200, pins])
  expect(await get()).toEqual(pins)
})

it('keep the later change, whatever the order of arrival; a tie keeps the stored one', async () => {
  const itemId = nanoid()
  const say = async (pinned: boolean, at: number) =>
    (await pinsOf(await put([{ itemId, pinned, at }]))).map(pin => [pin.pinned, pin.at])
  expect(await say(true, 20)).toEqual([[true, 20]])
  expect(await say(false, 10)).toEqual([[true, 20]])
  expect(await say(false, 20)).toEqual([[true, 20]])
  expect(await say(false, 30)).toEqual([[false, 30]])
  const both = [
    { itemId, pinned: true, at: 50 },
    { itemId, pinned: false, at: 40 }
  ]
  expect(await pinsOf(await put(both))).toEqual([both[0]])
})

it('clamp future times: a clock that is ahead wins now, not for a year', async () => {
  const itemId = nanoid()
  const before = Date.now()
  const [pin] = await pinsOf(await put([{ itemId, pinned: true, at: before + 365 * 86_400_000 }]))
  expect(pin!.at).toBeGreaterThanOrEqual(before)
  expect(pin!.at).toBeLessThanOrEqual(Date.now())
})

it('are a person’s own, also a viewer’s', async () => {
  const itemId = nanoid()
  await put([{ itemId, pinned: true, at: 10 }])
  const viewer = await addPerson(workspaceId, 'viewer')
  expect(await get(viewer.cookie)).toEqual([])
  expect((await put([{ itemId, pinned: false, at: 30 }], viewer.cookie)).status).toBe(200)
  expect(await get()).toEqual([{ itemId, pinned: true, at: 10 }])
})

it('are for members only', async () => {
  const stranger = await signUp()
  for (const response of [
    await request(address(), { cookie: stranger.cookie }),
    await put([{ itemId: nanoid(), pinned: true, at: 1 }], stranger.cookie)
  ]) {
    expect([response.status, await errorCode(response)]).toEqual([403, 'not-a-member'])
  }
  expect((await request(address())).status).toBe(401)
})

const pin = (change: object) => [{ itemId: 'x'.repeat(21), pinned: true, at: 1, ...change }]

it.each([
  ['no list', null],
  ['an empty list', []],
  ['more than 500', Array.from({ length: 501 }, () => pin({})[0])],
  ['a bad item id', pin({ itemId: '<script>' })],
  ['a time that is no time', pin({ at: -1 })],
  ['half a millisecond', pin({ at: 1.5 })],
  ['a word for pinned', pin({ pinned: 'yes' })]
])('refuse %s', async (_what, pins) => {
  const response = await put(pins)
  expect([response.status, await errorCode(response)]).toEqual([400, 'bad-input'])
})

it('take 500 at once', async () => {
  const pins = Array.from({ length: 500 }, (_, at) => ({ itemId: nanoid(), pinned: true, at }))
  expect(await pinsOf(await put(pins))).toHaveLength(500)
})

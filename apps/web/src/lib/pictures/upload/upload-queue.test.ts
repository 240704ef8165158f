import { expect, test, vi } from 'vitest'
import { ApiError, UnreachableError } from '#lib/api/send.ts'
import type { NamedPicture } from '#lib/pictures/store/picture-store.ts'
import { createUploadQueue, type UploadQueueOptions } from './upload-queue.ts'

const picture = (sha256: string, news: Partial<NamedPicture> = {}): NamedPicture => ({
  sha256,
  image: new Blob(['image']),
  thumbnail: new Blob(['thumbnail']),
  width: 16,
  height: 9,
  workspaceId: 'mine',
  unusedSince: null,
  uploadedAt: null,
  refused: null,
  ...news
})

const setUp = (pictures: NamedPicture[], options: Partial<UploadQueueOptions> = {}) => {
  const stored = new Map(pictures.map(each => [each.sha256, each]))
  const wanted = new Map(pictures.map(({ sha256 }) => [sha256, []]))
  const upload = vi.fn<UploadQueueOptions['upload']>(() => Promise.resolve())
  const wait = vi.fn<(ms: number) => Promise<void>>(() => Promise.resolve())
  const onRefused = vi.fn()
  const queue = createUploadQueue({
    store: {
      unsent: workspaceId =>
        Promise.resolve(
          [...stored.values()].filter(each => each.workspaceId === workspaceId && each.uploadedAt === null)
        ),
      note(sha256, news) {
        stored.set(sha256, { ...stored.get(sha256)!, ...news })
        return Promise.resolve()
      }
    },
    upload,
    target: () => ({ workspaceId: 'mine', wanted }),
    onRefused,
    onUploaded: vi.fn(),
    now: () => 7,
    wait,
    ...options
  })
  return { queue, stored, wanted, upload, wait, onRefused }
}

const sent = (upload: { mock: { calls: [NamedPicture][] } }) =>
  upload.mock.calls.map(([{ sha256 }]) => sha256)

test('unsent pictures in use are uploaded once', async () => {
  const { queue, stored, wanted, upload } = setUp([
    picture('a'),
    picture('b', { uploadedAt: 1 }),
    picture('c')
  ])
  wanted.delete('c')
  await queue.run()
  await queue.run()
  expect(sent(upload)).toEqual(['a'])
  expect(stored.get('a')!.uploadedAt).toBe(7)
  wanted.set('c', [])
  await queue.run()
  expect(sent(upload)).toEqual(['a', 'c'])
})

test('nothing is uploaded without a network or an account', async () => {
  const { queue, upload } = setUp([picture('a')], { target: () => null })
  await queue.run()
  expect(upload).not.toHaveBeenCalled()
})

test('network and server errors are retried with backoff', async () => {
  const { queue, stored, upload, wait, onRefused } = setUp([picture('a')])
  upload.mockRejectedValueOnce(new UnreachableError(''))
  upload.mockRejectedValueOnce(new ApiError(500, 'internal', ''))
  upload.mockRejectedValueOnce(new ApiError(429, 'too-fast', ''))
  await queue.run()
  expect(upload).toHaveBeenCalledTimes(4)
  expect(wait).toHaveBeenCalledTimes(3)
  expect(stored.get('a')!.uploadedAt).toBe(7)
  expect(onRefused).not.toHaveBeenCalled()
})

test('another run skips the wait', async () => {
  const { queue, upload } = setUp([picture('a')], { wait: () => new Promise(() => undefined) })
  upload.mockRejectedValueOnce(new UnreachableError(''))
  const first = queue.run()
  await vi.waitFor(() => expect(upload).toHaveBeenCalledTimes(1))
  await new Promise(resolve => setTimeout(resolve)) // it is waiting now
  await queue.run()
  await first
  expect(upload).toHaveBeenCalledTimes(2)
})

test('a refusal is reported once and does not block other pictures', async () => {
  const { queue, stored, upload, onRefused } = setUp([picture('a'), picture('b')])
  upload.mockRejectedValueOnce(new ApiError(413, 'over-quota', ''))
  await queue.run()
  await queue.run()
  expect(sent(upload)).toEqual(['a', 'b'])
  expect(onRefused.mock.calls).toEqual([['a', 'over-quota']])
  expect(stored.get('a')).toMatchObject({ uploadedAt: null, refused: 'over-quota' })
})

test('the next page retries refused pictures and reports only new refusals', async () => {
  const { queue, upload, onRefused } = setUp([picture('a', { refused: 'over-quota' })])
  upload.mockRejectedValueOnce(new ApiError(413, 'over-quota', ''))
  await queue.run()
  expect(upload).toHaveBeenCalledTimes(1)
  expect(onRefused).not.toHaveBeenCalled()
})

test('an expired session is not a refusal', async () => {
  const { queue, upload, onRefused } = setUp([picture('a')])
  upload.mockRejectedValueOnce(new ApiError(401, 'signed-out', ''))
  await queue.run()
  expect(onRefused).not.toHaveBeenCalled()
  await queue.run()
  expect(upload).toHaveBeenCalledTimes(2)
})

test('a device that cannot record uploads does not repeat them', async () => {
  const { queue, upload } = setUp([picture('a')], {
    store: { unsent: () => Promise.resolve([picture('a')]), note: () => Promise.resolve() }
  })
  await queue.run()
  expect(upload).toHaveBeenCalledTimes(1)
})

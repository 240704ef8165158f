import { afterEach, expect, test, vi } from 'vitest'
import { writeToClipboard } from './write-to-clipboard.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

test('the clipboard is written within the click, before the text is ready', async () => {
  const write = vi.fn((_: { parts: Record<string, Promise<Blob>> }[]) => Promise.resolve())
  vi.stubGlobal('navigator', { clipboard: { write } })
  vi.stubGlobal(
    'ClipboardItem',
    class {
      readonly parts: Record<string, Promise<Blob>>
      constructor(parts: Record<string, Promise<Blob>>) {
        this.parts = parts
      }
    }
  )
  const { promise, resolve } = Promise.withResolvers<string>()
  const done = writeToClipboard(promise)
  expect(write).toHaveBeenCalledOnce()
  resolve('link')
  await done
  const content = await write.mock.calls[0]?.[0][0]?.parts['text/plain']
  expect(await content?.text()).toBe('link')
})

test('without promised clipboard items, the text is written once it is ready', async () => {
  const writeText = vi.fn(() => Promise.resolve())
  vi.stubGlobal('navigator', { clipboard: { writeText } })
  await writeToClipboard(Promise.resolve('link'))
  expect(writeText).toHaveBeenCalledWith('link')
})

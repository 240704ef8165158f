import { afterEach, expect, it, vi } from 'vitest'
import { openChannel } from './open-channel.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

it('S20 is a no-op where the browser refuses storage', () => {
  vi.stubGlobal('BroadcastChannel', function () {
    throw new DOMException('The operation is insecure.', 'SecurityError')
  })
  const channel = openChannel('tabs')
  channel.onmessage = () => undefined
  expect(() => {
    channel.postMessage('changed')
    channel.close()
  }).not.toThrow()
})

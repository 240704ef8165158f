import { expect, test } from 'vitest'
import { installMethod } from './install-method.ts'

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)'

test.each([
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1', 5, 'ios'],
  [`${MAC} Version/18.0 Safari/605.1.15`, 5, 'ios'],
  [`${MAC} Version/18.0 Safari/605.1.15`, 0, 'mac-safari'],
  [`${MAC} Chrome/140.0.0.0 Safari/537.36`, 0, 'desktop'],
  ['Mozilla/5.0 (Linux; Android 15) Chrome/140.0.0.0 Mobile Safari/537.36', 5, 'android'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 0, 'unsupported']
])('%s with %i touch points: %s', (userAgent, touchPoints, way) => {
  expect(installMethod(userAgent, touchPoints)).toBe(way)
})

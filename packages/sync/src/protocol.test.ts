import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import {
  CLOSE,
  decodeFrame,
  encodeAck,
  encodeAwareness,
  encodeHello,
  type Hello,
  encodeMissing,
  encodeNotice,
  encodeQueryAwareness,
  encodeStateVector,
  encodeUpdate,
  encodeUsage,
  MalformedFrameError,
  FRAME,
  PROTOCOL_VERSION,
  SYNC_STEP,
  type Frame,
  type Notice
} from './protocol.ts'

const bytes = new Uint8Array([1, 2, 3, 255])
const hello: Hello = {
  protocol: 1,
  generation: 7,
  serverTime: 1_800_000_000_000,
  userId: 'üser',
  role: 'member'
}
const entries = [
  { itemId: 'V1StGXR8_Z5jdHi6B-myT', lastUsedAt: 1_800_000_000_000, live: 3 },
  { itemId: 'b', lastUsedAt: 0, live: 0 }
]
const putBack: Notice = {
  code: 'name-too-long',
  root: 'rooms',
  id: 'V1StGXR8_Z5jdHi6B-myT',
  field: 'name',
  params: { most: 120 }
}
const EXAMPLES: [Uint8Array, Frame][] = [
  [encodeStateVector(bytes), { type: 'state-vector', stateVector: bytes }],
  [encodeMissing(bytes), { type: 'missing', update: bytes }],
  [encodeUpdate(new Uint8Array(70_000)), { type: 'update', update: new Uint8Array(70_000) }],
  [encodeAwareness(bytes), { type: 'awareness', update: bytes }],
  [encodeQueryAwareness(), { type: 'query-awareness' }],
  [encodeHello(hello), { type: 'hello', ...hello }],
  [encodeAck(Number.MAX_SAFE_INTEGER), { type: 'ack', count: Number.MAX_SAFE_INTEGER }],
  [encodeUsage(entries), { type: 'usage', entries }],
  [encodeUsage([]), { type: 'usage', entries: [] }],
  [encodeNotice({ code: 'read-only' }), { type: 'notice', code: 'read-only' }],
  [encodeNotice(putBack), { type: 'notice', ...putBack }]
]

describe.each(EXAMPLES.map(([encoded, message]) => [message.type, encoded, message] as const))(
  'S2 %s',
  (...example) => {
    const [, encoded, message] = example

    it('decodes to what was encoded', () => {
      expect(decodeFrame(encoded)).toEqual(message)
    })

    it('is rejected when truncated anywhere', () => {
      for (let length = 0; length < Math.min(encoded.length, 200); length++) {
        expect(() => decodeFrame(encoded.slice(0, length)), `${length} bytes`).toThrow(MalformedFrameError)
      }
    })

    it('is rejected with trailing bytes', () => {
      expect(() => decodeFrame(new Uint8Array([...encoded, 0]))).toThrow('bytes after the end')
    })

    it('is read from the middle of a larger buffer only', () => {
      const buffer = new Uint8Array([9, 9, ...encoded, 9, 9])
      expect(decodeFrame(buffer.subarray(2, 2 + encoded.length))).toEqual(message)
      expect(() => decodeFrame(buffer.subarray(2, 1 + encoded.length))).toThrow(MalformedFrameError)
    })
  }
)

const encode = (...numbers: number[]): Uint8Array => {
  const encoder = encoding.createEncoder()
  for (const number of numbers) encoding.writeVarUint(encoder, number)
  return encoding.toUint8Array(encoder)
}

describe('S2 a frame', () => {
  it.each([
    ['nothing', []],
    ['an unknown type', [2]],
    ['another one', [99]],
    ['an unknown sync step', [0, 3, 0]],
    ['a text that is not UTF-8', [FRAME.notice, 1, 0xff, 0]],
    ['a number without an end', [FRAME.ack, ...Array.from({ length: 20 }, () => 0xff)]]
  ])('of %s is refused', (_what, message) => {
    expect(() => decodeFrame(new Uint8Array(message))).toThrow(MalformedFrameError)
  })

  const HUGE = 2 ** 50
  it.each([
    ['update', encode(FRAME.sync, SYNC_STEP.update, HUGE)],
    ['awareness', encode(FRAME.awareness, HUGE)],
    ['usage', encode(FRAME.usage, HUGE)],
    ['usage with an id', encode(FRAME.usage, 1, HUGE)],
    ['notice', encode(FRAME.notice, HUGE)],
    ['hello', encode(FRAME.hello, 1, 1, 1, HUGE)]
  ])('of %s that claims a petabyte is refused at once', (_what, message) => {
    // Allocating by the claim would throw a RangeError, or take all memory there is.
    expect(() => decodeFrame(message)).toThrow(MalformedFrameError)
  })
})

describe('S3 fingerprint', () => {
  const EXPECTED = { version: 2, hash: 'e5a1fc469eb6a800' }

  it('changes only together with PROTOCOL_VERSION', async () => {
    const wire = JSON.stringify([
      FRAME,
      SYNC_STEP,
      CLOSE,
      EXAMPLES.map(([encoded]) => [...encoded.slice(0, 99)])
    ])
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(wire))
    const hash = Array.from(new Uint8Array(digest, 0, 8), byte => byte.toString(16).padStart(2, '0')).join('')
    expect(
      { version: PROTOCOL_VERSION, hash },
      'What goes over the wire has changed. Apps of before are open in browsers: can they talk to this server, and ' +
        'this app to the server of before? If not, raise PROTOCOL_VERSION. Then put the new fingerprint here.'
    ).toEqual(EXPECTED)
  })
})

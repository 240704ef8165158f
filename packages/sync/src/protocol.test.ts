import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import {
  CLOSE,
  decodeMessage,
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
  MalformedMessageError,
  MESSAGE,
  PROTOCOL_VERSION,
  SYNC_STEP,
  type Message
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
const EXAMPLES: [Uint8Array, Message][] = [
  [encodeStateVector(bytes), { type: 'state-vector', stateVector: bytes }],
  [encodeMissing(bytes), { type: 'missing', update: bytes }],
  [encodeUpdate(new Uint8Array(70_000)), { type: 'update', update: new Uint8Array(70_000) }],
  [encodeAwareness(bytes), { type: 'awareness', update: bytes }],
  [encodeQueryAwareness(), { type: 'query-awareness' }],
  [encodeHello(hello), { type: 'hello', ...hello }],
  [encodeAck(Number.MAX_SAFE_INTEGER), { type: 'ack', count: Number.MAX_SAFE_INTEGER }],
  [encodeUsage(entries), { type: 'usage', entries }],
  [encodeUsage([]), { type: 'usage', entries: [] }],
  [encodeNotice({ code: 'read-only', message: '' }), { type: 'notice', code: 'read-only', message: '' }]
]

describe.each(EXAMPLES.map(([encoded, message]) => [message.type, encoded, message] as const))(
  'S2 %s',
  (...example) => {
    const [, encoded, message] = example

    it('is read as it was written', () => {
      expect(decodeMessage(encoded)).toEqual(message)
    })

    it('is refused wherever it ends early', () => {
      for (let length = 0; length < Math.min(encoded.length, 200); length++) {
        expect(() => decodeMessage(encoded.slice(0, length)), `${length} bytes`).toThrow(
          MalformedMessageError
        )
      }
    })

    it('is refused with a byte too many', () => {
      expect(() => decodeMessage(new Uint8Array([...encoded, 0]))).toThrow('bytes after the end')
    })

    it('is read out of the middle of a larger buffer, and no further', () => {
      const buffer = new Uint8Array([9, 9, ...encoded, 9, 9])
      expect(decodeMessage(buffer.subarray(2, 2 + encoded.length))).toEqual(message)
      expect(() => decodeMessage(buffer.subarray(2, 1 + encoded.length))).toThrow(MalformedMessageError)
    })
  }
)

const encode = (...numbers: number[]): Uint8Array => {
  const encoder = encoding.createEncoder()
  for (const number of numbers) encoding.writeVarUint(encoder, number)
  return encoding.toUint8Array(encoder)
}

describe('S2 a message', () => {
  it.each([
    ['nothing', []],
    ['an unknown type', [2]],
    ['another one', [99]],
    ['an unknown sync step', [0, 3, 0]],
    ['a text that is not UTF-8', [MESSAGE.notice, 1, 0xff, 0]],
    ['a number without an end', [MESSAGE.ack, ...Array.from({ length: 20 }, () => 0xff)]]
  ])('of %s is refused', (_what, message) => {
    expect(() => decodeMessage(new Uint8Array(message))).toThrow(MalformedMessageError)
  })

  const HUGE = 2 ** 50
  it.each([
    ['update', encode(MESSAGE.sync, SYNC_STEP.update, HUGE)],
    ['awareness', encode(MESSAGE.awareness, HUGE)],
    ['usage', encode(MESSAGE.usage, HUGE)],
    ['usage with an id', encode(MESSAGE.usage, 1, HUGE)],
    ['notice', encode(MESSAGE.notice, HUGE)],
    ['hello', encode(MESSAGE.hello, 1, 1, 1, HUGE)]
  ])('of %s that claims a petabyte is refused at once', (_what, message) => {
    // Allocating by the claim would throw a RangeError, or take all memory there is.
    expect(() => decodeMessage(message)).toThrow(MalformedMessageError)
  })
})

describe('S3 fingerprint', () => {
  const EXPECTED = { version: 1, hash: 'e3ef319412050b7c' }

  it('changes only together with PROTOCOL_VERSION', async () => {
    const wire = JSON.stringify([
      MESSAGE,
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

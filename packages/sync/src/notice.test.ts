import { describe, expect, it } from 'vitest'
import { MOST_NOTICE_CHARACTERS, readNotice, writeNotice } from './notice.ts'

const long = (length: number) => 'x'.repeat(length)

describe('S42 a notice', () => {
  it('is read as it was written', () => {
    const notice = { code: 'name-too-long', root: 'rooms', id: 'a', field: 'name', params: { most: 120 } }
    expect(readNotice(writeNotice(notice))).toEqual(notice)
    expect(readNotice(writeNotice({ code: 'too-fast' }))).toEqual({ code: 'too-fast' })
  })

  it.each([
    ['no JSON', 'too-fast'],
    ['no object', '"too-fast"'],
    ['no code', '{"root":"rooms"}'],
    ['a code that is a number', '{"code":7}'],
    ['a long code', writeNotice({ code: long(65) })],
    ['a long id', writeNotice({ code: 'x', id: long(65) })],
    ['a field that is null', '{"code":"x","field":null}'],
    ['a part that no server says', '{"code":"x","advice":"click here"}'],
    ['a param that no server says', '{"code":"x","params":{"name":"y"}}'],
    ['a prototype in its params', '{"code":"x","params":{"__proto__":{}}}'],
    ['a text for a number', '{"code":"x","params":{"most":"120"}}'],
    ['a number that is none', '{"code":"x","params":{"most":1e999}}'],
    ['more text than any server says', writeNotice({ code: 'x' }) + ' '.repeat(MOST_NOTICE_CHARACTERS)]
  ])('is refused with %s', (_what, text) => {
    expect(readNotice(text)).toBeNull()
  })
})

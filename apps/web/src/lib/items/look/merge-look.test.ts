import { expect, test } from 'vitest'
import { DEFAULT_ACCENT, mergeLobby, mergeLook } from './merge-look.ts'

const LOGO = 'a'.repeat(64)

test('what another device wrote meanwhile stays', () => {
  const now = { accent: '#123456', logo: LOGO }
  expect(mergeLook(now, { welcome: 'Hello' })).toEqual({ ...now, welcome: 'Hello' })
  expect(mergeLobby({ layout: 'side', message: 'Soon' }, { accent: '#123456' })).toEqual({
    layout: 'side',
    message: 'Soon',
    accent: '#123456'
  })
})

test('the first change brings what has to be there', () => {
  expect(mergeLook(null, { welcome: 'Hello' })).toEqual({ accent: DEFAULT_ACCENT, welcome: 'Hello' })
  expect(mergeLobby(null, { message: 'Soon' })).toEqual({ layout: 'centered', message: 'Soon' })
})

test('nothing and an empty text are taken out, not stored', () => {
  const look = mergeLook(
    { accent: '#123456', logo: LOGO, welcome: 'Hello' },
    { logo: undefined, welcome: '' }
  )
  expect(Object.keys(look)).toEqual(['accent'])
  const lobby = mergeLobby({ layout: 'side', cover: { preset: 'ocean' } }, { cover: undefined })
  expect(Object.keys(lobby)).toEqual(['layout'])
})

import { expect, test } from 'vitest'
import { DEFAULT_ACCENT, mergeLobby, mergeLook } from './merge-look.ts'

const LOGO = 'a'.repeat(64)

test('other properties are kept', () => {
  const now = { accent: '#123456', logo: LOGO }
  expect(mergeLook(now, { welcome: 'Hello' })).toEqual({ ...now, welcome: 'Hello' })
  expect(mergeLobby({ layout: 'side', message: 'Soon' }, { accent: '#123456' })).toEqual({
    layout: 'side',
    message: 'Soon',
    accent: '#123456'
  })
})

test('the first change adds the required properties', () => {
  expect(mergeLook(null, { welcome: 'Hello' })).toEqual({ accent: DEFAULT_ACCENT, welcome: 'Hello' })
  expect(mergeLobby(null, { message: 'Soon' })).toEqual({ layout: 'centered', message: 'Soon' })
})

test('undefined and empty texts are removed', () => {
  const look = mergeLook(
    { accent: '#123456', logo: LOGO, welcome: 'Hello' },
    { logo: undefined, welcome: '' }
  )
  expect(Object.keys(look)).toEqual(['accent'])
  const lobby = mergeLobby({ layout: 'side', cover: { preset: 'ocean' } }, { cover: undefined })
  expect(Object.keys(lobby)).toEqual(['layout'])
})

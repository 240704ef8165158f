import { expect, test } from 'vitest'
import { PictureError } from '#lib/pictures/make/picture-error.ts'
import { troubleWords } from './trouble-words.ts'

test('no code and no text of a program comes on the screen', () => {
  expect(troubleWords(new PictureError('broken'))).toBe('This picture is damaged and can’t be opened.')
  for (const error of [new Error('quota exceeded'), new DOMException('x', 'AbortError'), 'oops']) {
    expect(troubleWords(error)).toBe('Something went wrong on this device. Try again.')
  }
})

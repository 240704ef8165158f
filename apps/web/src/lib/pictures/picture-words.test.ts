import { expect, test } from 'vitest'
import { refusedPicturesWords, refusedUploadWords } from './picture-words.ts'

test('what the server refused is told with a way out, by reason', () => {
  const refused = (code: string | null) => ({ sha256: 'a', isShown: true, refused: code })
  expect(refusedUploadWords('Clients', 'too-large')).toBe(
    'The picture of “Clients” wasn’t uploaded and stays on this device. It is too large. Choose a smaller one.'
  )
  const [full, large, ...others] = refusedPicturesWords(
    ['over-quota', 'too-large', null, 'over-quota'].map(refused)
  )
  expect(full).toMatch(
    /^2 pictures were rejected by the server and stay on this device\. The workspace’s picture storage/
  )
  expect(large).toMatch(/^1 picture was rejected by the server and stays on this device\. It is too large\./)
  expect(others).toEqual([])
})

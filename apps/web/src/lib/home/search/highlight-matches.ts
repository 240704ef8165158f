import { fold } from '#lib/intl/fold.ts'
import type { Query } from '#lib/items/search.ts'

export interface Part {
  text: string
  found: boolean
}

/** Splits a name into matching and other parts, ignoring accents and case. */
export const highlightMatches = (name: string, query: Query | null): Part[] => {
  if (query?.slug !== null) return [{ text: name, found: false }]
  // Graphemes: an accent stays with its letter.
  const characters = Array.from(segmenter.segment(name), ({ segment }) => segment)
  const folded = characters.map(fold)
  const found = new Array<boolean>(characters.length).fill(false)
  const whole = folded.join('')
  for (const word of query.words) {
    for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + word.length)) {
      let position = 0
      folded.forEach((text, index) => {
        if (position < at + word.length && position + text.length > at) found[index] = true
        position += text.length
      })
    }
  }
  const parts: Part[] = []
  characters.forEach((text, index) => {
    const last = parts.at(-1)
    if (last !== undefined && last.found === found[index]) last.text += text
    else parts.push({ text, found: found[index] === true })
  })
  return parts
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

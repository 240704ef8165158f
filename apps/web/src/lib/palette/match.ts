export { wordsOf } from '#lib/intl/fold.ts'

/**
 * Ranks how well a folded text matches: 0 if it starts with the first word, 1 if every word
 * starts one of its words, 2 if it contains every word; null otherwise.
 */
export const rankOf = (folded: string, words: readonly string[]): number | null => {
  if (!words.every(word => folded.includes(word))) return null
  if (folded.startsWith(words[0] ?? '')) return 0
  return words.every(word => beginsWord(folded, word)) ? 1 : 2
}

/** The matching entries, best first; ties keep their order. */
export const matching = <T>(
  entries: readonly T[],
  textOf: (entry: T) => string,
  words: readonly string[]
): { entry: T; rank: number }[] =>
  entries
    .flatMap(entry => {
      const rank = rankOf(textOf(entry), words)
      return rank === null ? [] : [{ entry, rank }]
    })
    .sort((a, b) => a.rank - b.rank)

const beginsWord = (text: string, word: string): boolean => {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return true
  }
  return false
}

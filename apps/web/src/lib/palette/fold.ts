/** Text for comparing: without accents and case, so that "cafe" finds "Café". */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\u0640]/gu, '') // marks, and the Arabic stroke that only stretches a word
    .toLowerCase()
    .replaceAll('ß', 'ss')

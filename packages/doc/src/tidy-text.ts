/** Trims whitespace and replaces lone surrogates, such as an emoji that an input cut in half. */
export const tidyText = (text: string): string => text.toWellFormed().trim()

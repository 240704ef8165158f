/** Texts are kept as people mean them: no blanks around, no half of an emoji that an input cut in two. */
export const tidyText = (text: string): string => text.toWellFormed().trim()

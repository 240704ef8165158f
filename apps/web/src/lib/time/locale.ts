/** The app speaks English; numbers and clocks follow the person's own kind of it where there is one. */
export const locale = (): string => navigator.languages.find(language => language.startsWith('en')) ?? 'en-GB'

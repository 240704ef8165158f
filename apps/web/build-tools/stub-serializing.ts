/**
 * Takes the place of devalue, with which SvelteKit reads what a server renders and what forms and remote functions send.
 * This app has none of these (`ssr = false`, no server's load functions): what is left is a page's own history, which is
 * plain JSON. Anything else says so at once. The names are devalue's.
 */
export const stringify = (value: unknown): string => JSON.stringify(value ?? null)

export const parse = (text: string): unknown => JSON.parse(text)

const notHere = (): never => {
  throw new Error(
    'no server renders data for this app, so nothing can read any: see build-tools/stub-serializing.ts'
  )
}

export const uneval = notHere
export const unflatten = notHere
export const stringifyAsync = notHere

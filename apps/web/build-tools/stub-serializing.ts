/**
 * Stub of devalue, which SvelteKit uses for server data, forms and remote functions.
 * This app has none of these (`ssr = false`): only history state is left, which is plain JSON.
 * Everything else throws.
 */
export const stringify = (value: unknown): string => JSON.stringify(value ?? null)

export const parse = (text: string): unknown => JSON.parse(text)

const unsupported = (): never => {
  throw new Error(
    'no server renders data for this app, so nothing can read any: see build-tools/stub-serializing.ts'
  )
}

export const uneval = unsupported
export const unflatten = unsupported
export const stringifyAsync = unsupported

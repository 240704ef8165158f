import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** A value inserted in a compiled text; each text has one function per language. */
const VALUE = /\$\{(i\?\.\w+)\}/g
const LANGUAGE = /^const ([a-z]{2})_\w+ = /gm

const directionOf = (language: string): string =>
  new Intl.Locale(language).getTextInfo().direction === 'rtl' ? 'inRtl' : 'inLtr'

/** Wraps the values of compiled texts in isolates, see `isolate.ts`. */
export const isolateValues = (code: string): string => {
  const starts = [...code.matchAll(LANGUAGE)]
  const used = new Set<string>()
  const isolated = code.replace(VALUE, (_, value: string, at: number) => {
    const language = starts.findLast(start => start.index < at)?.[1]
    if (language === undefined) throw new Error('a value outside of a message')
    const isolate = directionOf(language)
    used.add(isolate)
    return `\${${isolate}(${value})}`
  })
  if (used.size === 0) return code
  return `import { ${[...used].sort().join(', ')} } from '../../intl/isolate.ts'\n${isolated}`
}

/** Run after Paraglide, which inserts values unchanged. */
const isolateAll = (folder: string): void => {
  for (const name of readdirSync(folder).filter(name => name.endsWith('.js') && !name.startsWith('_'))) {
    const file = path.join(folder, name)
    writeFileSync(file, isolateValues(readFileSync(file, 'utf8')))
  }
}

const [folder] = process.argv.slice(2)
if (import.meta.main && folder !== undefined) isolateAll(folder)

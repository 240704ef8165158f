import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as v from 'valibot'
import { unstable_readConfig as readConfig } from 'wrangler'
import { readSettings } from '../../packages/local-stack/src/settings.ts'
import { parseSettings } from '../../workers/edge/src/settings.ts'
import { wranglerConfig } from './deploy-target.ts'
import { root } from './root.ts'

const operations = path.join(root, 'docs/operations.md')

/** Programs that read process.env directly, run by a site's operator. */
const commands = ['drizzle/src/migrate-cli.ts', 'workers/edge/bin/restore.ts', 'scripts/lib/deploy-checks.ts']

const sorted = (names: Iterable<string | undefined>) =>
  [...new Set([...names].filter(name => name !== undefined))].sort()

const namesIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(match => match[1])

/** The variables that a parser reads. */
const asked = (parse: (env: NodeJS.ProcessEnv) => unknown): string[] => {
  const names: string[] = []
  const has = (_: object, key: string | symbol) => {
    if (typeof key === 'string') names.push(key)
    return true
  }
  try {
    // A parser checks whether a key exists before reading it.
    parse(new Proxy({}, { has }))
  } catch {
    // No variable is set, which most parsers refuse.
  }
  return names
}

/** The bindings, variables and secrets that the Worker's code reads. */
export const workerReads = (): string[] => {
  const files = globSync(path.join(root, 'workers/edge/src/**/*.ts')).filter(
    file => !file.endsWith('.test.ts')
  )
  const inSource = files.flatMap(file => namesIn(readFileSync(file, 'utf8'), /\benv\.([A-Z][A-Z0-9_]*)/g))
  return sorted([...inSource, ...asked(parseSettings)])
}

/** The environment variables that the commands read. */
export const commandReads = (): string[] => {
  const inSource = commands.flatMap(file => {
    const text = readFileSync(path.join(root, file), 'utf8')
    const destructured = namesIn(text, /\{([^}]*)\} = process\.env/g).join()
    return [...namesIn(destructured, /([A-Z][A-Z0-9_]+)/g), ...namesIn(text, /\benv\['([A-Z0-9_]+)'\]/g)]
  })
  return sorted([...inSource, ...asked(env => readSettings(env, root))])
}

/** The parts used here. The type exported by wrangler does not resolve. */
const declarations = v.object({
  vars: v.record(v.string(), v.string()),
  durable_objects: v.object({ bindings: v.array(v.object({ name: v.string() })) }),
  r2_buckets: v.array(v.object({ binding: v.string() })),
  assets: v.object({ binding: v.string() }),
  secrets: v.optional(v.object({ required: v.array(v.string()) }), { required: [] })
})

/** The bindings, variables and secrets declared in wrangler.jsonc. */
export const declared = (env = ''): { bindings: string[]; secrets: string[] } => {
  const config: unknown = readConfig({ config: wranglerConfig, env })
  const { vars, durable_objects, r2_buckets, assets, secrets } = v.parse(declarations, config)
  const objects = durable_objects.bindings.map(({ name }) => name)
  const buckets = r2_buckets.map(({ binding }) => binding)
  return {
    bindings: sorted([...Object.keys(vars), ...objects, ...buckets, assets.binding]),
    secrets: sorted(secrets.required)
  }
}

/** The names in a table of docs/operations.md, and the secrets among them. */
export const documented = (heading: string): { names: string[]; secrets: string[] } => {
  const text = readFileSync(operations, 'utf8')
  const section = text.split(/^#+ /m).find(part => part.startsWith(`${heading}\n`)) ?? ''
  const rows = [...section.matchAll(/^\| `([A-Z0-9_]+)` *\| (\w+)/gm)]
  return {
    names: sorted(rows.map(row => row[1])),
    secrets: sorted(rows.filter(row => row[2] === 'secret').map(row => row[1]))
  }
}

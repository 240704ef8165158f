import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import { readdirSync } from 'node:fs'
import ts from 'typescript-eslint'

const restrictImports = (files, patterns) => ({
  files,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] }
})

/** The files may import each other and these packages (regular expressions), nothing else. */
const mayImportOnly = (files, packages, message) =>
  restrictImports(files, [{ regex: `^(?!\\.|(${packages.join('|')})$)`, message }])

/** Of our own packages the files may import these; `turbo boundaries` holds the same line for whole packages. */
const mayImportOfOurs = (names, message) => ({ regex: `^@foyer/(?!(${names.join('|')})(/|$))`, message })

const workerImports = mayImportOfOurs(
  ['access', 'doc', 'sync', 'db'],
  'The Worker may import access, doc, sync and db.'
)

/** Folders of a workspace's object (docs/architecture.md). Each imports only from those before it. */
const workspaceFolders = ['update', 'connection', 'storage', 'document', 'usage', 'upkeep', 'engine']
const workspaceLayers = workspaceFolders.map((folder, at) => {
  const later = [...workspaceFolders.slice(at + 1), 'workspace-object'].join('|')
  const allowed = workspaceFolders.slice(0, at + 1).join(', ')
  return restrictImports(
    [`workers/edge/src/workspace/${folder}/**`],
    [workerImports, { regex: `^\\.\\./(${later})(/|\\.)`, message: `It may import only from: ${allowed}.` }]
  )
})

const byHelper = 'Made by keys() of lib/ui/keys.ts, which leaves an input method its keys.'
/** Whoever listens for keys hears those of an input method too, unless it is seen to. */
const keyHandlersWithoutHelper = [
  'SvelteAttribute[key.name=/^onkey/] > SvelteMustacheTag:not([expression.callee.name="keys"])',
  'SvelteShorthandAttribute[key.name=/^onkey/]',
  'SvelteDirective[kind="EventHandler"][key.name.name=/^key/]',
  'CallExpression[callee.name="on"][arguments.1.value=/^key/]:not([arguments.2.callee.name="keys"])',
  'CallExpression[callee.property.name="addEventListener"][arguments.0.value=/^key/]:not([arguments.1.callee.name="keys"])',
  'CallExpression[callee.name="addEventListener"][arguments.0.value=/^key/]:not([arguments.1.callee.name="keys"])',
  'AssignmentExpression[left.property.name=/^onkey/]:not([right.callee.name="keys"])',
  'Property[key.name=/^onkey/]:not([value.callee.name="keys"])'
].map(selector => ({ selector, message: byHelper }))

const appImports = [
  mayImportOfOurs(['access', 'doc', 'sync', 'edge'], 'The app may import access, doc and sync.'),
  { regex: '^@foyer/edge', allowTypeImports: true, message: 'Of the Worker, the app may know types alone.' }
]

/** Folders of the app's lib (docs/architecture.md). Each imports only from those before it. */
const appFolders = [
  // What knows nothing of Foyer.
  ...['reactive', 'intl', 'ui'],
  // What this device and the network are.
  ...['device', 'api', 'pwa'],
  'workspace',
  // What a workspace holds.
  ...['pictures', 'pins', 'links', 'covers', 'calendar', 'items'],
  // What the pages are made of.
  ...['account', 'settings', 'transfer', 'home', 'guest', 'customize', 'palette', 'shell', 'app']
]
/** Folders in these, in the same way; a folder's own files may import all of them, and they none of its. */
const innerFolders = {
  workspace: ['lists', 'refusals', 'open', 'repair'],
  pictures: ['make', 'store', 'upload'],
  items: ['look', 'edit', 'actions', 'form', 'links', 'deleted'],
  settings: ['appearance', 'language', 'storage', 'workspace'],
  home: ['order', 'search', 'tiles'],
  shell: ['dialogs', 'header', 'notes']
}

/** A folder that stands in no order would be held by none. */
const mustNameAll = (folder, names) => {
  const entries = readdirSync(`${import.meta.dirname}/apps/web/src/lib/${folder}`, { withFileTypes: true })
  const isKnown = ({ name }) => [...names, 'paraglide', 'testing'].includes(name)
  const unknown = entries.filter(entry => entry.isDirectory() && !isKnown(entry))
  if (unknown.length > 0)
    throw new Error(`eslint.config.js has no place for ${unknown[0].name} in lib/${folder}`)
}
mustNameAll('', appFolders)
for (const name of appFolders) mustNameAll(name, innerFolders[name] ?? [])

/** Import statements and import() alike; another folder's files are named from #lib on. */
const mayNotImport = (files, regex, message) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          ...appImports,
          { regex, message },
          { regex: '^\\.\\./', message: 'Name it from #lib on: then the layers are held.' }
        ]
      }
    ],
    'no-restricted-syntax': [
      'error',
      ...keyHandlersWithoutHelper,
      { selector: `ImportExpression > Literal[value=/${regex.replaceAll('/', '\\u002f')}/]`, message }
    ]
  }
})
const appLayers = appFolders.flatMap((folder, at) => {
  const later = ['paraglide/messages/', ...appFolders.slice(at + 1).map(name => `${name}/`)].join('|')
  const upwards = `^#lib/(${later})`
  const allowed = appFolders.slice(0, at + 1).join(', ')
  const layer = mayNotImport(
    [`apps/web/src/lib/${folder}/**`],
    upwards,
    `It may import only from: ${allowed}.`
  )
  const inner = innerFolders[folder] ?? []
  return [
    layer,
    ...inner.map((name, place) => {
      const before = inner.slice(0, place + 1).join('|')
      return mayNotImport(
        [`apps/web/src/lib/${folder}/${name}/**`],
        `${upwards}|^#lib/${folder}/(?!(${before})/)`,
        `It may import only from: ${allowed}; of ${folder} from: ${inner.slice(0, place + 1).join(', ')}.`
      )
    })
  ]
})

export default ts.config(
  {
    ignores: [
      '**/node_modules/',
      '**/.svelte-kit/',
      '**/.turbo/',
      '**/build/',
      '**/dist/',
      '**/test-results/',
      '**/worker-configuration.d.ts',
      'apps/web/src/lib/paraglide/',
      '.data/'
    ]
  },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte']
      }
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/prefer-nullish-coalescing': [
        'error',
        { ignorePrimitives: { string: true, number: true } }
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true }
      ],
      eqeqeq: ['error', 'smart']
    }
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: ts.parser }
    },
    // The app always lives at the root of its origin: there is no base path to resolve against.
    rules: { 'svelte/no-navigation-without-resolve': 'off' }
  },
  {
    files: ['apps/web/src/**'],
    rules: { 'no-restricted-syntax': ['error', ...keyHandlersWithoutHelper] }
  },
  {
    files: ['**/*.js'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: globals.node }
  },

  mayImportOnly(
    ['packages/doc/src/**'],
    ['yjs', 'valibot', 'nanoid'],
    'The document knows yjs, valibot and nanoid alone.'
  ),
  mayImportOnly(['packages/access/src/**'], [], 'Who may do what knows nobody.'),
  mayImportOnly(
    ['packages/sync/src/**'],
    ['yjs', 'valibot', 'lib0/.*', '@foyer/access'],
    'The wire knows yjs, lib0, valibot and roles alone.'
  ),
  mayImportOnly(
    ['drizzle/src/**'],
    ['drizzle-orm(/.*)?', '@libsql/client(/.*)?', 'node:.*'],
    'The database package knows drizzle-orm and libsql alone.'
  ),
  restrictImports(['workers/edge/src/**'], [workerImports]),
  ...workspaceLayers,
  restrictImports(['apps/web/src/**'], appImports),
  ...appLayers,
  // Tests may use what they test with: vitest, fast-check, a stock Yjs client.
  { files: ['**/*.test.ts', '**/test/**'], rules: { '@typescript-eslint/no-restricted-imports': 'off' } },
  {
    files: ['**/*.test.ts', '**/*.e2e.ts', '**/test/**'],
    rules: {
      // An assertion on a value that is known to be there reads better than a guard; the test fails all the same.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // expect(object.method) does not call it.
      '@typescript-eslint/unbound-method': 'off'
    }
  }
)

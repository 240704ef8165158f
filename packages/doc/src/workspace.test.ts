import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { renameWorkspace } from './mutations.ts'
import { InvalidValueError } from './refusals.ts'
import type { Entry } from './entry.ts'
import {
  isNewerThanApp,
  migrateDocument,
  readWorkspaceName,
  SCHEMA_VERSION,
  setUpWorkspace
} from './workspace.ts'

let doc: Y.Doc
beforeEach(() => {
  doc = new Y.Doc()
})
const root = () => doc.getMap<Entry>('workspace')

describe('setUpWorkspace', () => {
  it('writes name and version', () => {
    setUpWorkspace(doc, ' Mine ', 5)
    expect(readWorkspaceName(doc)).toBe('Mine')
    expect(root().get('schemaVersion')).toEqual([SCHEMA_VERSION, 5])
    expect(isNewerThanApp(doc)).toBe(false)
  })

  it('refuses a blank name and writes nothing', () => {
    expect(() => {
      setUpWorkspace(doc, ' ', 5)
    }).toThrow(InvalidValueError)
    expect(root().size).toBe(0)
  })
})

describe('renameWorkspace', () => {
  beforeEach(() => {
    setUpWorkspace(doc, 'Mine', 5)
  })

  it('writes the tidied name, later than the previous one', () => {
    renameWorkspace(doc, '  Studio\ud83d ', 3)
    expect(root().get('name')).toEqual(['Studio\ufffd', 6])
    renameWorkspace(doc, 'Atelier', 20)
    expect(root().get('name')).toEqual(['Atelier', 20])
    expect(root().get('schemaVersion')).toEqual([SCHEMA_VERSION, 5])
  })

  it('writes nothing if the name is unchanged', () => {
    const heard = vi.fn()
    doc.on('update', heard)
    renameWorkspace(doc, ' Mine ', 9)
    expect(heard).not.toHaveBeenCalled()
  })

  it.each([
    ['nothing to see', ' \u200b', 'name-empty'],
    ['more than 120 characters', 'x'.repeat(121), 'name-too-long'],
    ['two lines', 'My\nworkspace', 'name-control-character']
  ])('refuses %s, and writes nothing', (_what, name, code) => {
    expect(() => {
      renameWorkspace(doc, name, 9)
    }).toThrow(expect.objectContaining({ field: 'name', code }))
    expect(readWorkspaceName(doc)).toBe('Mine')
  })
})

it('isNewerThanApp detects a document of a later app', () => {
  root().set('schemaVersion', [SCHEMA_VERSION + 1, 1])
  expect(isNewerThanApp(doc)).toBe(true)
})

describe('migrateDocument', () => {
  const migrations = () => ({ 1: vi.fn(), 2: vi.fn(), 3: vi.fn() })

  it('runs each step in order and in one transaction, and writes the version', () => {
    setUpWorkspace(doc, 'Mine', 5)
    const order: number[] = []
    const heard = vi.fn()
    doc.on('update', heard)
    const step = (version: number) => (_doc: Y.Doc, now: number) => {
      order.push(version)
      root().set('name', [`after ${version}`, now])
    }
    migrateDocument(doc, 9, { 1: step(1), 2: step(2), 3: step(3) }, 3)
    expect(order).toEqual([1, 2])
    expect(heard).toHaveBeenCalledTimes(1)
    expect(root().get('schemaVersion')).toEqual([3, 9])
    expect(readWorkspaceName(doc)).toBe('after 2')
  })

  it('runs nothing a second time', () => {
    setUpWorkspace(doc, 'Mine', 5)
    const steps = migrations()
    migrateDocument(doc, 9, steps, 2)
    migrateDocument(doc, 10, steps, 2)
    expect(steps[1]).toHaveBeenCalledTimes(1)
    expect(root().get('schemaVersion')).toEqual([2, 9])
  })

  it.each([
    ['a document of a later app', [4, 1]],
    ['a document that has not been set up or loaded', undefined],
    ['a version that is none', ['one', 1]]
  ])('leaves %s as it is', (_what, version) => {
    if (version !== undefined) root().set('schemaVersion', version as Entry)
    const steps = migrations()
    const before = Y.encodeStateAsUpdate(doc)
    migrateDocument(doc, 9, steps, 3)
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
    expect(steps[1]).not.toHaveBeenCalled()
  })
})

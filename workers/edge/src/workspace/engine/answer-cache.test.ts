import * as Y from 'yjs'
import { decodeFrame } from '@foyer/sync/protocol'
import { expect, it, vi } from 'vitest'
import { AnswerCache } from './answer-cache.ts'
import { createWorkspaceDocument } from '../document/workspace-document.ts'

it('computes one answer per state vector until the document changes', () => {
  const document = createWorkspaceDocument({ snapshot: null, updates: [], clients: new Map() })
  const missing = vi.spyOn(document, 'missing')
  const cache = new AnswerCache()
  const empty = Y.encodeStateVector(new Y.Doc())
  const first = cache.answer(document, empty)
  expect(cache.answer(document, empty.slice())).toBe(first)
  expect(missing).toHaveBeenCalledTimes(1)

  const device = new Y.Doc()
  device.getMap('workspace').set('name', ['Studio', 1])
  const update = Y.encodeStateAsUpdate(device)
  document.apply([{ update, author: { userId: 'ada', role: 'owner' } }], 1)
  cache.forget()
  expect(decodeFrame(cache.answer(document, empty))).toEqual({
    type: 'missing',
    update: document.missing(empty)
  })
  expect(cache.question(document)).not.toEqual(first)
})

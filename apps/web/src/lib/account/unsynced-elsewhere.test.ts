import { expect, test } from 'vitest'
import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'
import { countUnsyncedElsewhere } from './unsynced-elsewhere.ts'

test('changes that wait are counted in all workspaces but the one on the screen', async () => {
  const all = [
    { record: { id: 'shown' }, waiting: 4 },
    { record: { id: 'team' }, waiting: 2 },
    { record: { id: 'own' }, waiting: 1 }
  ]
  const workspaces = { currentId: 'shown', device: { readAll: () => Promise.resolve(all) } }
  expect(await countUnsyncedElsewhere(workspaces as unknown as Workspaces)).toBe(3)
})

import { expect, test } from 'vitest'
import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'
import { countUnsyncedElsewhere } from './unsynced-elsewhere.ts'

test('changes that wait are counted in all workspaces but the one on the screen', async () => {
  const all = [
    { record: { id: 'shown' }, unsynced: 4 },
    { record: { id: 'team' }, unsynced: 2 },
    { record: { id: 'own' }, unsynced: 1 }
  ]
  const workspaces = { currentId: 'shown', device: { readAll: () => Promise.resolve(all) } }
  expect(await countUnsyncedElsewhere(workspaces as unknown as Workspaces)).toBe(3)
})

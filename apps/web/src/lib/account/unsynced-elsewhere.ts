import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'

/** Counts unsynced changes in this device's workspaces other than the current one. */
export const countUnsyncedElsewhere = async ({ device, currentId }: Workspaces): Promise<number> => {
  const all = await device.readAll()
  return all.reduce((sum, { record, unsynced }) => (record.id === currentId ? sum : sum + unsynced), 0)
}

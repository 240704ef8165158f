import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'

/** How many changes wait for the server in those of this device's workspaces that are not on the screen. */
export const countUnsyncedElsewhere = async ({ device, currentId }: Workspaces): Promise<number> => {
  const all = await device.readAll()
  return all.reduce((sum, { record, unsynced }) => (record.id === currentId ? sum : sum + unsynced), 0)
}

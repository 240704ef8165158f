import { readWorkspaceName } from '@foyer/doc'
import type { Foyer } from './foyer.svelte.ts'

/** What the document calls the workspace; before it has come to this device, what the server does. */
export const workspaceName = ({ workspace, record }: Pick<Foyer, 'workspace' | 'record'>): string =>
  (workspace === null ? undefined : readWorkspaceName(workspace.doc)) ?? record?.name ?? ''

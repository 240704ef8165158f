import { hostToken, type Item } from '@foyer/doc'
import type { WorkspaceRecord } from '#lib/device/workspace-record.ts'

/** An item's participant link. */
export const participantUrl = ({ slug }: Pick<Item, 'slug'>): string =>
  new URL(`/r/${slug}`, location.origin).href

/** A link without its scheme, for display. */
export const withoutScheme = (url: string): string => url.replace(/^https?:\/\//, '')

/**
 * Turns a participant link into a host link. A fragment reaches no server log and no referrer.
 * Empty for viewers, who have no link key.
 */
export const hostFragment = async (
  { id, epoch }: Pick<Item, 'id' | 'epoch'>,
  record: Pick<WorkspaceRecord, 'linkKey'> | null
): Promise<'' | `#host=${string}`> =>
  record?.linkKey == null ? '' : `#host=${await hostToken(record.linkKey, id, epoch)}`

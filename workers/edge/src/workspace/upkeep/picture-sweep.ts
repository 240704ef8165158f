import { UNUSED_PICTURE_KEPT_MS } from '@foyer/doc/policy'
import type { Database } from '../../database.ts'
import { pictureName, thumbnailName, type PictureStore } from '../../pictures/picture-store.ts'
import type { KeyValues } from '../usage/live-counts.ts'
import { isFenced, ownershipGuard } from '../storage/ownership-guard.ts'
import { LostOwnershipError } from '../storage/update-store.ts'

const SWEEP_EVERY_MS = 86_400_000
const KEY = 'pictures-swept-at'

/** Deletes a workspace's unused pictures, at most once a day. */
export interface PictureSweep {
  /** @param now ms since 1970 */
  isDue(now: number): boolean
  /**
   * @param named pictures of all items, deleted ones too
   * @throws {LostOwnershipError} nothing was done
   */
  run(named: ReadonlySet<string>, now: number): Promise<void>
}

export interface PictureSweepOptions {
  database: Database
  pictures: Pick<PictureStore, 'remove'>
  workspaceId: string
  /** The engine that owns the document; any other is refused. */
  owner: string
  storage: KeyValues
}

export const createPictureSweep = ({
  database: { client },
  pictures,
  workspaceId,
  owner,
  storage
}: PictureSweepOptions): PictureSweep => {
  let sweptAt = Number(storage.get(KEY) ?? 0)

  /** @returns pictures that were removed from this workspace */
  const forgetUnused = async (named: ReadonlySet<string>, now: number): Promise<string[]> => {
    const list = JSON.stringify([...named])
    const isNamed = 'sha256 in (select value from json_each(?))'
    try {
      const results = await client.batch(
        [
          ownershipGuard({ workspaceId, owner }),
          {
            sql: `update uploads set unused_since = iif(${isNamed}, null, ?)
              where workspace_id = ? and (unused_since is null) <> (${isNamed})`,
            args: [list, now, workspaceId, list]
          },
          {
            sql: 'delete from uploads where workspace_id = ? and unused_since <= ? returning sha256',
            args: [workspaceId, now - UNUSED_PICTURE_KEPT_MS]
          }
        ],
        'write'
      )
      return results[2]?.rows.map(row => row['sha256'] as string) ?? []
    } catch (error) {
      throw isFenced(error) ? new LostOwnershipError() : error
    }
  }

  /** Those that no workspace has. */
  const ofNobody = async (hashes: string[]): Promise<string[]> => {
    const { rows } = await client.execute({
      sql: `select value as sha256 from json_each(?)
        where not exists (select 1 from uploads where uploads.sha256 = json_each.value)`,
      args: [JSON.stringify(hashes)]
    })
    return rows.map(row => row['sha256'] as string)
  }

  return {
    isDue: now => now >= sweptAt + SWEEP_EVERY_MS,
    async run(named, now) {
      sweptAt = now // also after a failure: the next instance retries, or this one tomorrow
      const forgotten = await forgetUnused(named, now)
      const gone = forgotten.length === 0 ? [] : await ofNobody(forgotten)
      await pictures.remove(gone.flatMap(sha256 => [pictureName(sha256), thumbnailName(sha256)]))
      storage.put(KEY, now)
    }
  }
}

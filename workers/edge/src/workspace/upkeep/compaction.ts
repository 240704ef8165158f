import type { Snapshot, StoredHistory, UpdateStore } from '../storage/update-store.ts'

const RETRY_AFTER_MS = 60_000
/** Longest tail that a snapshot waits for. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024

/** Keeps what a load has to replay short: snapshots in place of long tails of updates. */
export interface Compactor {
  /** Bytes of the newest snapshot and of the updates after it. */
  readonly storedBytes: number
  /** One more update was committed. */
  count(update: Uint8Array): void
  /** @param now ms since 1970 @param isGrowing much more is on its way, so that a snapshot would soon be old */
  isDue(now: number, isGrowing?: boolean): boolean
  /**
   * Writes a snapshot, reads it back, and only then lets go what it makes needless. Commits may go on
   * meanwhile. @throws {Error} and then nothing was let go
   */
  run(snapshot: Snapshot, now: number): Promise<void>
}

/** @param history what was loaded */
export const createCompactor = (store: UpdateStore, history: StoredHistory): Compactor => {
  let snapshotBytes = history.snapshot?.bytes.length ?? 0
  let tail = {
    commits: history.updates.length,
    bytes: history.updates.reduce((sum, { bytes }) => sum + bytes.length, 0)
  }
  let running = false
  let notBefore = 0

  return {
    get storedBytes() {
      return snapshotBytes + tail.bytes
    },
    count(update) {
      tail.commits++
      tail.bytes += update.length
    },
    isDue(now, isGrowing = false) {
      const mayWait = isGrowing && tail.bytes < MAX_WAITING_BYTES
      return !running && now >= notBefore && !mayWait && isLong(tail, snapshotBytes)
    },
    async run(snapshot, now) {
      const covered = tail
      tail = { commits: 0, bytes: 0 }
      running = true
      try {
        const { seq, bytes } = snapshot
        await store.writeSnapshot(snapshot, now)
        if (!(await store.verifySnapshot(seq))) throw new Error(`the snapshot at ${seq} does not read back`)
        await store.dropCovered(seq)
        snapshotBytes = bytes.length
      } catch (error) {
        tail = { commits: tail.commits + covered.commits, bytes: tail.bytes + covered.bytes }
        notBefore = now + RETRY_AFTER_MS
        throw error
      } finally {
        running = false
      }
    }
  }
}

/**
 * Is a snapshot worth its writing? It is once the tail is long to replay, and not before it is an eighth of
 * the snapshot: so for each byte that people wrote not more than eight are written again.
 */
const isLong = ({ commits, bytes }: { commits: number; bytes: number }, snapshotBytes: number): boolean =>
  commits >= 4_000 || ((commits >= 500 || bytes >= 1_000_000) && bytes >= snapshotBytes / 8)

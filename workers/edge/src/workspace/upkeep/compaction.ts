import type { Snapshot, StoredHistory, UpdateStore } from '../storage/update-store.ts'

const RETRY_AFTER_MS = 60_000
/** Longest tail of updates without a snapshot. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024

/** Replaces long tails of updates by snapshots, so that loading stays fast. */
export interface Compactor {
  /** Bytes of the newest snapshot and of the updates after it. */
  readonly storedBytes: number
  /** Counts a committed update. */
  count(update: Uint8Array): void
  /**
   * @param now ms since 1970
   * @param isGrowing a large update is being applied, so a snapshot can wait
   */
  isDue(now: number, isGrowing?: boolean): boolean
  /**
   * Writes a snapshot, verifies it and only then deletes what it covers. Commits may continue
   * meanwhile.
   * @throws {Error} nothing was deleted
   */
  run(snapshot: Snapshot, now: number): Promise<void>
}

/** @param history the loaded one */
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
 * Whether a snapshot is worth writing: the tail is long, and at least an eighth of the snapshot. So
 * each byte of an edit causes at most eight bytes of snapshots.
 */
const isLong = ({ commits, bytes }: { commits: number; bytes: number }, snapshotBytes: number): boolean =>
  commits >= 4_000 || ((commits >= 500 || bytes >= 1_000_000) && bytes >= snapshotBytes / 8)

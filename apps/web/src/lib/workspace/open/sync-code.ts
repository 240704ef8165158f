/** Loaded on demand: once the device's copy is loaded and there is a server to sync with. */
export { createSyncClient } from '@foyer/sync'
export { refusedState } from './refused-state.ts'
export { trackUnsyncedCount } from './track-unsynced-count.ts'
export { mendUnsyncedZones } from './mend-unsynced-zones.ts'

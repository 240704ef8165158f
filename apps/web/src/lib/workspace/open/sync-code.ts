/** In a file of its own: loaded once the device's copy is there, and only where there is a server to sync with. */
export { createSyncClient } from '@foyer/sync'
export { refusedLine } from './refused-line.ts'
export { keepWaitingCount } from './keep-waiting-count.ts'
export { mendUnsyncedZones } from './mend-unsynced-zones.ts'

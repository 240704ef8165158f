/** The wire: protocol, client, backoff. Knows nothing of rooms. */
export { keepUnsynced } from './keep-unsynced.ts'
export { createServerClock, type ServerClock } from './server-clock.ts'
export { createSyncClient, type SyncClient, type SyncStatus } from './sync-client.ts'
export { createTabChannel, type TabChannel } from './tab-channel.ts'
export { createUsageLane, type UsageLane, type UsageRecord, type UsageStore } from './usage-lane.ts'
export { raiseStateVector, type StateVector } from './state-vector.ts'
export { countUnsynced, unsyncedKeys, unsyncedValues } from './unsynced.ts'
export { CLOSE, MAX_MESSAGE_BYTES, type Notice } from './protocol.ts'

import { parseRole } from '@foyer/sync/role'
import type { PeerIdentity } from './peer.ts'

/** How the Worker tells a room who connects: the room itself is reachable from nowhere else. */
const HEADER = 'x-foyer-identity'

export const identityHeaders = (identity: PeerIdentity): Record<string, string> => ({
  [HEADER]: encodeURIComponent(JSON.stringify(identity))
})

export const identityFromHeaders = (headers: Headers): PeerIdentity => {
  const identity = JSON.parse(decodeURIComponent(headers.get(HEADER) ?? '')) as PeerIdentity
  return { ...identity, role: parseRole(identity.role) }
}

import { parseRole } from '@foyer/access'
import type { PeerIdentity } from './peer.ts'

/** How the Worker tells an object who connects: the object itself is reachable from nowhere else. */
const HEADER = 'x-foyer-identity'

export const identityHeaders = (identity: PeerIdentity): Record<string, string> => ({
  [HEADER]: encodeURIComponent(JSON.stringify(identity))
})

export const identityFromHeaders = (headers: Headers): PeerIdentity => {
  const identity = JSON.parse(decodeURIComponent(headers.get(HEADER) ?? '')) as PeerIdentity
  return { ...identity, role: parseRole(identity.role) }
}

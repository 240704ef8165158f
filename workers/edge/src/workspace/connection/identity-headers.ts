import { parseRole } from '@foyer/access'
import type { PeerIdentity } from './peer.ts'

/** Passes the identity to the object, which only the Worker can reach. */
const HEADER = 'x-foyer-identity'

export const identityHeaders = (identity: PeerIdentity): Record<string, string> => ({
  [HEADER]: encodeURIComponent(JSON.stringify(identity))
})

export const identityFromHeaders = (headers: Headers): PeerIdentity => {
  const identity = JSON.parse(decodeURIComponent(headers.get(HEADER) ?? '')) as PeerIdentity
  return { ...identity, role: parseRole(identity.role) }
}

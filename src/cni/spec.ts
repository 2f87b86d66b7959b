/**
 * The default profile: what the NetworkPolicy specification and its conformance tests say.
 */
import type { CniProfile } from '../model/profile.ts';

export const spec: CniProfile = {
  name: 'spec',
  enforced: true,
  ipBlockMatchesPods: true,
  ipBlockMatchesNodes: true,
  exceptScope: 'block',
  ipv6Everything: 'all',
  namedPorts: 'resolved',
  namedPortDuplicates: 'every',
  sidecarPorts: true,
  hostNetwork: 'node',
  ownNode: 'admin',
  hairpin: 'allow',
  hostBits: 'mask',
  endPort: 'range',
  otherProtocols: 'error',
  adminApi: 'both',
  adminPeers: 'experimental',
  unknownPeers: 'fail-closed',
  equalPriority: 'undefined',
  caveats: 'none',
};

/**
 * The default profile: what the NetworkPolicy specification and its conformance tests say.
 */
import type { CniProfile } from '../model/profile.ts';

export const spec: CniProfile = {
  name: 'spec',
  ipBlockMatchesPods: true,
  ipBlockMatchesNodes: true,
  namedPortDuplicates: 'every',
  sidecarPorts: true,
  hostNetwork: 'node',
  ownNode: 'allow',
  hairpin: 'allow',
  hostBits: 'mask',
  endPort: 'range',
  otherProtocols: 'error',
};

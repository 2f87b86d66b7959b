/**
 * The files that mutants are made of, by what they are.
 */
export const NETWORK_POLICY = 'src/dialects/network-policy.ts';
export const SELECTOR = 'src/dialects/label-selector.ts';
export const REFERENCE = 'src/reference/reference.ts';
export const REFERENCE_WORLD = 'src/reference/world.ts';
export const ENDS = 'src/reference/ends.ts';
export const BLOCKS = 'src/reference/addresses.ts';
export const CLUSTER = 'src/input/build-cluster.ts';
export const POD_ADDRESSES = 'src/input/pod-addresses.ts';
export const NAMED_PORTS = 'src/input/named-ports.ts';
export const DIRECTION = 'src/compile/direction.ts';
export const SEGMENTS = 'src/compile/segments.ts';
export const ENDPOINTS = 'src/compile/endpoints.ts';
export const PEER_SETS = 'src/compile/peer-sets.ts';
export const LABELS = 'src/compile/label-index.ts';
export const LOOKUP = 'src/compile/address-lookup.ts';
export const JSON_READER = 'src/input/json-reader.ts';
export const CHECK_CIDR = 'src/input/checks/check-cidr.ts';
export const CHECK_POLICY = 'src/input/checks/check-network-policy.ts';
export const DIRECTORY = 'src/evaluate/directory.ts';
export const IP = 'src/lib/ip-address.ts';

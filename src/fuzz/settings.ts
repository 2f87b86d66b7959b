/**
 * How large and how strange generated clusters are: one record, and presets by name. The universe is tiny on purpose: few labels, few address bits and few
 * ports make rules, pods and flows meet often, which is where matching goes wrong.
 */
export interface ClusterSettings {
  /** Namespaces that pods and policies live in. Some have no Namespace object. */
  readonly namespaces: readonly string[];
  readonly maxPods: number;
  readonly maxPolicies: number;
  /** Rules per direction of a policy, and peers and ports per rule. */
  readonly maxRules: number;
  readonly maxItems: number;
  readonly labelKeys: readonly string[];
  readonly labelValues: readonly string[];
  /** Port numbers that rules and containers name; flows go to these and one beside. */
  readonly ports: readonly number[];
  readonly portNames: readonly string[];
  /** Address families in use. */
  readonly families: readonly (4 | 6)[];
  /** Weights from 0 (never) to 10 (always). */
  readonly weights: {
    /** Pods on the host network. */
    readonly hostNetwork: number;
    /** Pods that have completed. */
    readonly completed: number;
    /** Pods without address. */
    readonly noAddress: number;
    /** Pods that share an address with another. */
    readonly sharedAddress: number;
    /** Policies that cannot be read. */
    readonly unreadable: number;
    /** CIDRs with bits beyond their prefix length. */
    readonly hostBits: number;
    /** Peers that are address blocks. */
    readonly ipBlock: number;
    /** Services with addresses, ports by name, duplicates of names. */
    readonly service: number;
    readonly namedPort: number;
  };
}

const base: ClusterSettings = {
  namespaces: ['a', 'b', 'default'],
  maxPods: 7,
  maxPolicies: 9,
  maxRules: 2,
  maxItems: 3,
  labelKeys: ['app', 'tier'],
  labelValues: ['', 'x', 'y'],
  ports: [1, 53, 80, 81, 443, 65535],
  portNames: ['web', 'dns'],
  families: [4, 6],
  weights: {
    hostNetwork: 1,
    completed: 1,
    noAddress: 1,
    sharedAddress: 1,
    unreadable: 0.2,
    hostBits: 2,
    ipBlock: 3,
    service: 3,
    namedPort: 2,
  },
};

/** Presets: each leans towards one part of the specification. */
export const PRESETS = {
  /** A bit of everything. */
  mixed: base,
  /** Only selectors matter: keys and values that stand for themselves, and some that a careless program takes for its own. */
  selectors: {
    ...base,
    labelKeys: ['app', 'tier', 'constructor', '__proto__', 'kubernetes.io/metadata.name'],
    labelValues: ['', 'x', 'y', 'a', 'toString'],
    weights: { ...base.weights, ipBlock: 0.5, namedPort: 0.5, unreadable: 0 },
  },
  /** Address blocks of both families, exceptions, nodes and host-network pods. */
  addresses: { ...base, weights: { ...base.weights, ipBlock: 8, hostNetwork: 3, hostBits: 4, sharedAddress: 2, noAddress: 2 } },
  /** Named ports with duplicates, ranges, protocols. */
  ports: {
    ...base,
    maxItems: 4,
    ports: [1, 2, 53, 79, 80, 81, 82, 443, 8080, 65534, 65535],
    portNames: ['web', 'dns', 'metrics'],
    weights: { ...base.weights, namedPort: 5 },
  },
  /** Policies that cannot be read beside those that can. */
  unreadable: { ...base, weights: { ...base.weights, unreadable: 3 } },
  /** More of everything, so that classes are shared and rows have several pages. */
  larger: {
    ...base,
    maxPods: 24,
    maxPolicies: 20,
    maxRules: 3,
    labelKeys: ['app', 'tier', 'zone'],
    labelValues: ['', 'v', 'w', 'x', 'y', 'z'],
  },
} as const satisfies Record<string, ClusterSettings>;

export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];

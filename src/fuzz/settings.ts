/**
 * How large and how strange generated clusters are: one record, and presets by name. `world` throws a RangeError for a setting outside its range. The universe is tiny on purpose: few labels, few address bits and few
 * ports make rules, pods and flows meet often, which is where matching goes wrong.
 */
export interface ClusterSettings {
  /** Namespaces that pods and policies live in, at least one. Some have no Namespace object. */
  readonly namespaces: readonly string[];
  /** At most so many pods: 4 or more. At least 4 are made. */
  readonly maxPods: number;
  /** At most so many NetworkPolicies: 1 or more. At least one is made. */
  readonly maxPolicies: number;
  /** At most so many ClusterNetworkPolicies and AdminNetworkPolicies where there are some, 1 or more; a BaselineAdminNetworkPolicy comes on top. */
  readonly maxAdminPolicies: number;
  /** Priorities of administrators' policies, 0..1000, at least one: few, so that some are equal. */
  readonly priorities: readonly number[];
  /** Names and `*.` patterns that policies speak of, and of which the table of addresses knows some, at least one; two labels or more each. */
  readonly domainNames: readonly string[];
  /** At most so many rules per direction of a policy, 1 or more; of an administrator's policy one more. */
  readonly maxRules: number;
  /** At most so many peers and ports per rule, 1 or more. */
  readonly maxItems: number;
  /** Label keys of pods, namespaces and selectors, at least one. `kubernetes.io/metadata.name` is used in selectors only. */
  readonly labelKeys: readonly string[];
  /** Label values of the same, at least one; '' is a value. Null values come by themselves. */
  readonly labelValues: readonly string[];
  /** Port numbers that rules and containers name, ascending, 1..65535, at least one; flows go to these and one beside. */
  readonly ports: readonly number[];
  /** Names that containers give to ports and that rules use, at least one. */
  readonly portNames: readonly string[];
  /** Address families in use, at least one: 4 before 6. */
  readonly families: readonly (4 | 6)[];
  /**
   * Pods take turns on two sides that have no label value, no port and no port name in common: of `labelValues`, `ports` and `portNames` the even places are one
   * side's, the odd places the other's, so each needs two or more. Then a program that takes source for destination cannot be right by accident.
   */
  readonly twoSides?: boolean;
  /** Weights from 0 (never) to 10 (always), fractions too. */
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
    /** Services with addresses, each of up to three. */
    readonly service: number;
    /** Ports of rules that are names. */
    readonly namedPort: number;
    /** Worlds with administrators' policies. */
    readonly adminPolicies: number;
    /** Peers of administrators' policies that name nothing that is known. */
    readonly unknownPeer: number;
    /** Peers of administrators' policies that are nodes, and that are domain names: whether they match can be open. */
    readonly openPeer: number;
  };
}

const base: ClusterSettings = {
  namespaces: ['a', 'b', 'default'],
  maxPods: 7,
  maxPolicies: 9,
  maxAdminPolicies: 4,
  priorities: [0, 10, 500, 1000],
  domainNames: ['a.example', 'b.a.example', 'c.b.a.example', 'c.test', '*.a.example', '*.example', '*.test'],
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
    adminPolicies: 3.3,
    unknownPeer: 0.5,
    openPeer: 1,
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
  /** Administrators' policies of every kind over a few NetworkPolicies. */
  tiers: {
    ...base,
    maxPolicies: 3,
    maxAdminPolicies: 6,
    ports: [53, 80, 81, 443],
    weights: { ...base.weights, adminPolicies: 10, unreadable: 0.7, service: 1, sharedAddress: 0.5 },
  },
  /** More of everything, so that classes are shared and rows have several pages. */
  larger: {
    ...base,
    maxPods: 24,
    maxPolicies: 20,
    maxRules: 3,
    labelKeys: ['app', 'tier', 'zone'],
    labelValues: ['', 'v', 'w', 'x', 'y', 'z'],
  },
  /** Sources and destinations have nothing in common, so that taking one for the other shows. */
  asymmetric: {
    ...base,
    labelValues: ['', 'x', 'v', 'y'],
    ports: [53, 80, 443, 8080],
    twoSides: true,
    weights: { ...base.weights, sharedAddress: 0 },
  },
  /** Namespaces, labels and port names that every object of the language has already. */
  prototypes: {
    ...base,
    namespaces: ['__proto__', 'constructor', 'default'],
    labelKeys: ['__proto__', 'constructor', 'toString'],
    labelValues: ['', '__proto__', 'hasOwnProperty'],
    portNames: ['__proto__', 'constructor', 'length'],
    weights: { ...base.weights, namedPort: 4 },
  },
} as const satisfies Record<string, ClusterSettings>;

/** Name of a preset. */
export type PresetName = keyof typeof PRESETS;
/** All of them, in a fixed order. */
export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];

const LEAST: Readonly<Record<'maxPods' | 'maxPolicies' | 'maxRules' | 'maxItems', number>> = {
  maxPods: 4,
  maxPolicies: 1,
  maxRules: 1,
  maxItems: 1,
};
const LISTS = ['namespaces', 'labelKeys', 'labelValues', 'ports', 'portNames', 'families'] as const;
const TWO_SIDED: readonly string[] = ['labelValues', 'ports', 'portNames'];

/** @throws {RangeError} for a setting outside its range, which it names */
export function checkSettings(settings: ClusterSettings): void {
  for (const [name, least] of Object.entries(LEAST)) {
    const value = settings[name as keyof typeof LEAST];
    if (!Number.isSafeInteger(value) || value < least)
      throw new RangeError(`${name} must be a whole number from ${least}, got \`${value}\``);
  }
  for (const name of LISTS) {
    const least = settings.twoSides && TWO_SIDED.includes(name) ? 2 : 1;
    if (settings[name].length < least) throw new RangeError(`${name} needs at least ${least} entries, got ${settings[name].length}`);
  }
  const wrongPort = settings.ports.find(
    (port, i) => !Number.isInteger(port) || port < 1 || port > 65_535 || port <= (settings.ports[i - 1] ?? 0),
  );
  if (wrongPort !== undefined) throw new RangeError(`ports must be ascending whole numbers from 1 to 65535, got \`${wrongPort}\``);
  if (settings.families.some((family, i) => ![4, 6].includes(family) || family <= (settings.families[i - 1] ?? 0)))
    throw new RangeError(`families must be 4, 6, or 4 before 6, got \`${settings.families.join(', ')}\``);
  for (const [name, weight] of Object.entries(settings.weights)) {
    if (!(weight >= 0 && weight <= 10)) throw new RangeError(`weights.${name} must be from 0 to 10, got \`${weight}\``);
  }
}

/**
 * Administrators' policies over every field and form: ClusterNetworkPolicy, AdminNetworkPolicy, BaselineAdminNetworkPolicy, those that cannot be read, and a table of
 * domain names for them. All are valid: no port name stands beside a peer that has none, except where the API server takes it.
 */
import fc from 'fast-check';
import type {
  AdminEgressPeer,
  AdminNetworkPolicyPort,
  AdminPolicyObject,
  AdminSubject,
  ClusterNetworkPolicyProtocol,
  LabelSelector,
  NamespacedPods,
  UnreadablePolicy,
} from '../model/resource.ts';
import { distinctAddresses, ipBlock } from './addresses.ts';
import { compact, labelSelector, maybe, namespaceSelector, tenths } from './labels.ts';
import type { ClusterSettings } from './settings.ts';

type Version = 'v1alpha1' | 'v1alpha2';
type Direction = 'ingress' | 'egress';

/** What is known of names: an entry may be empty, and many names have none. */
export type NameTable = Readonly<Record<string, readonly string[]>>;

const ELSEWHERE = ['203.0.113.9', '2001:db8::9'];

/** Some names of the settings, with no address, with some of the universe, or with one from elsewhere. */
export function domainNameTable(settings: ClusterSettings): fc.Arbitrary<NameTable> {
  const here = settings.families.map((family) => distinctAddresses(family, 2));
  const addresses = fc.oneof(
    { weight: 1, arbitrary: fc.constant<string[]>([]) },
    { weight: 6, arbitrary: fc.oneof(...here) },
    { weight: 2, arbitrary: fc.constantFrom(...ELSEWHERE).map((text) => [text]) },
  );
  const entry = fc.tuple(fc.constantFrom(...settings.domainNames), addresses);
  return fc.uniqueArray(entry, { maxLength: 3, selector: ([name]) => name }).map((entries) => Object.fromEntries(entries));
}

/** A name as the table has it, or in another spelling. */
function domainName(settings: ClusterSettings): fc.Arbitrary<string> {
  const spellings = [(name: string) => name, (name: string) => name, (name: string) => `${name}.`, (name: string) => name.toUpperCase()];
  return fc.tuple(fc.constantFrom(...settings.domainNames), fc.constantFrom(...spellings)).map(([name, spell]) => spell(name));
}

function namespacedPods(settings: ClusterSettings, version: Version): fc.Arbitrary<NamespacedPods> {
  const namespaces: fc.Arbitrary<LabelSelector | null | undefined> =
    version === 'v1alpha2' ? maybe(namespaceSelector(settings), { absent: 0.5, null: 0.3 }) : namespaceSelector(settings);
  return fc.record({ namespaceSelector: namespaces, podSelector: labelSelector(settings) }).map(compact);
}

/** Policies that apply to many pods meet each other more often. */
function subject(settings: ClusterSettings, version: Version): fc.Arbitrary<AdminSubject> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant({ namespaces: {} }) },
    { weight: 3, arbitrary: namespaceSelector(settings).map((namespaces) => ({ namespaces })) },
    { weight: 4, arbitrary: namespacedPods(settings, version).map((pods) => ({ pods })) },
    { weight: 1, arbitrary: namespaceSelector(settings).map((namespaces) => ({ namespaces, pods: null })) },
  );
}

function selectorPeers(settings: ClusterSettings, version: Version) {
  return [
    { weight: 20, arbitrary: namespaceSelector(settings).map((namespaces): AdminEgressPeer => ({ namespaces })) },
    { weight: 20, arbitrary: namespacedPods(settings, version).map((pods): AdminEgressPeer => ({ pods })) },
    { weight: 5, arbitrary: fc.constant<AdminEgressPeer>({ namespaces: {} }) },
    { weight: Math.round(settings.weights.unknownPeer * 5), arbitrary: fc.constant<AdminEgressPeer>({}) },
  ];
}

function addressPeers(settings: ClusterSettings) {
  const cidrs = fc.uniqueArray(
    ipBlock(settings).map(({ cidr }) => cidr),
    { minLength: 1, maxLength: settings.maxItems },
  );
  const names = fc.uniqueArray(domainName(settings), { minLength: 1, maxLength: 2 });
  const open = Math.round(settings.weights.openPeer * 5);
  return [
    { weight: Math.round(settings.weights.ipBlock * 6), arbitrary: cidrs.map((networks): AdminEgressPeer => ({ networks })) },
    { weight: open, arbitrary: labelSelector(settings).map((nodes): AdminEgressPeer => ({ nodes })) },
    { weight: open, arbitrary: names.map((domainNames): AdminEgressPeer => ({ domainNames })) },
  ];
}

function protocol(settings: ClusterSettings): fc.Arbitrary<ClusterNetworkPolicyProtocol> {
  const transport = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...settings.ports).map((number) => ({ destinationPort: { number } })) },
    { weight: 4, arbitrary: range(settings, 1).map((each) => ({ destinationPort: { range: each } })) },
    { weight: 1, arbitrary: fc.constantFrom({}, { destinationPort: null }) },
  );
  return fc
    .tuple(fc.constantFrom('tcp' as const, 'tcp' as const, 'udp' as const, 'sctp' as const), transport)
    .map(([name, value]) => ({ [name]: value }));
}

function port(settings: ClusterSettings): fc.Arbitrary<AdminNetworkPolicyPort> {
  const given = fc.constantFrom('TCP' as const, 'TCP' as const, 'UDP' as const, 'SCTP' as const, undefined, null);
  const number = fc
    .record({ protocol: given, port: fc.constantFrom(...settings.ports) })
    .map((portNumber) => ({ portNumber: compact(portNumber) }));
  // Its range may be of one port, and the API server takes one that is none.
  const ranges = fc
    .tuple(given, range(settings, 0), fc.constantFrom(false, false, false, false, false, true))
    .map(([of, { start, end }, turned]) => ({
      portRange: compact({ protocol: of, ...(turned ? { start: end, end: start } : { start, end }) }),
    }));
  return fc.oneof({ weight: 5, arbitrary: number }, { weight: 4, arbitrary: ranges });
}

/** From one number of interest, a few further or to the next. `least`: how far at least. */
function range(settings: ClusterSettings, least: number): fc.Arbitrary<{ start: number; end: number }> {
  return fc.tuple(fc.constantFrom(...settings.ports), fc.constantFrom(0, 1, 2, -1)).map(([from, step]) => {
    const next = settings.ports.find((each) => each > from) ?? from;
    const start = Math.min(from, 65535 - least);
    return { start, end: Math.min(65535, Math.max(start + least, step < 0 ? next : start + step)) };
  });
}

/** Absent and null: every protocol and port. */
function portList<T>(
  settings: ClusterSettings,
  item: fc.Arbitrary<T>,
  named: fc.Arbitrary<T>,
  names: boolean,
): fc.Arbitrary<T[] | null | undefined> {
  const one = fc.oneof(
    { weight: 9, arbitrary: item },
    { weight: names ? Math.round(settings.weights.namedPort * 2) : 0, arbitrary: named },
  );
  return fc.oneof(
    { weight: 5, arbitrary: fc.array(one, { minLength: 1, maxLength: settings.maxItems, size: 'max' }) },
    { weight: 5, arbitrary: fc.constantFrom(undefined, undefined, null) },
  );
}

const NAMES = [undefined, undefined, 'rule', '', null];

/** One rule of a version and direction; `accept`: what its version calls it. */
function rule(settings: ClusterSettings, version: Version, direction: Direction, actions: readonly string[]): fc.Arbitrary<object> {
  const peerField = direction === 'ingress' ? 'from' : 'to';
  const withPeers = (addresses: boolean) => {
    const kinds = [...selectorPeers(settings, version), ...(addresses ? addressPeers(settings) : [])];
    const peers = fc.array(fc.oneof(...kinds), { minLength: 1, maxLength: settings.maxItems, size: 'max' });
    const portName = fc.constantFrom(...settings.portNames);
    // The API server takes a port name beside an address in some forms; engines must know what it means in all.
    const ports =
      version === 'v1alpha2'
        ? {
            protocols: portList(
              settings,
              protocol(settings),
              portName.map((destinationNamedPort) => ({ destinationNamedPort })),
              !addresses,
            ),
          }
        : {
            ports: portList(
              settings,
              port(settings),
              portName.map((namedPort) => ({ namedPort })),
              !addresses,
            ),
          };
    return fc
      .record({ name: fc.constantFrom(...NAMES), action: fc.constantFrom(...actions), [peerField]: peers, ...ports } as Record<
        string,
        fc.Arbitrary<unknown>
      >)
      .map(compact);
  };
  if (direction === 'ingress') return withPeers(false);
  return fc.oneof({ weight: 2, arbitrary: withPeers(false) }, { weight: 3, arbitrary: withPeers(true) });
}

/** Absent, null and empty: the direction is not affected. */
function rules(settings: ClusterSettings, version: Version, direction: Direction, actions: readonly string[]) {
  const list = fc.array(rule(settings, version, direction, actions), { minLength: 1, maxLength: settings.maxRules + 1, size: 'max' });
  return fc.oneof(
    { weight: 8, arbitrary: list },
    { weight: 3, arbitrary: fc.constantFrom<object[] | null | undefined>(undefined, null, []) },
  );
}

const ACTIONS = {
  ClusterNetworkPolicy: ['Accept', 'Accept', 'Deny', 'Deny', 'Pass'],
  AdminNetworkPolicy: ['Allow', 'Allow', 'Deny', 'Deny', 'Pass'],
  BaselineAdminNetworkPolicy: ['Allow', 'Deny'],
} as const satisfies Record<AdminPolicyObject['kind'], readonly string[]>;

function adminPolicy(settings: ClusterSettings, kind: AdminPolicyObject['kind']): fc.Arbitrary<AdminPolicyObject> {
  const version = kind === 'ClusterNetworkPolicy' ? 'v1alpha2' : 'v1alpha1';
  const spec = fc
    .record({
      ...(kind === 'ClusterNetworkPolicy' ? { tier: fc.constantFrom('Admin', 'Admin', 'Baseline') } : {}),
      ...(kind === 'BaselineAdminNetworkPolicy' ? {} : { priority: fc.constantFrom(...settings.priorities) }),
      subject: subject(settings, version),
      ingress: rules(settings, version, 'ingress', ACTIONS[kind]),
      egress: rules(settings, version, 'egress', ACTIONS[kind]),
    } as Record<string, fc.Arbitrary<unknown>>)
    .map(compact);
  return fc
    .record({ name: fc.constantFrom('p', 'P', 'p-', 'p.q', 'é'), spec })
    .map(({ name, spec: written }) => ({ kind, metadata: { name }, spec: written }) as unknown as AdminPolicyObject);
}

/** Distinct by kind and name; policies of two kinds may have one name. Of BaselineAdminNetworkPolicy there is one at most. */
export function adminPolicies(settings: ClusterSettings): fc.Arbitrary<AdminPolicyObject[]> {
  const some = fc.oneof(
    { weight: 5, arbitrary: adminPolicy(settings, 'ClusterNetworkPolicy') },
    { weight: 3, arbitrary: adminPolicy(settings, 'AdminNetworkPolicy') },
  );
  const list = fc.array(some, { minLength: 1, maxLength: Math.max(1, settings.maxAdminPolicies), size: 'max' });
  const baseline = fc.option(adminPolicy(settings, 'BaselineAdminNetworkPolicy'), { nil: undefined, freq: 2 });
  return fc.tuple(tenths(settings.weights.adminPolicies), list, baseline, fc.nat({ max: 7 })).map(([given, policies, last, at]) => {
    if (!given) return [];
    const numbers = new Map<string, number>();
    const named = policies.map((policy) => {
      const number = numbers.get(policy.kind) ?? 0;
      numbers.set(policy.kind, number + 1);
      return { ...policy, metadata: { name: `${policy.metadata.name}${number}` } };
    });
    return last === undefined ? named : named.toSpliced(at, 0, { ...last, metadata: { name: 'default' } });
  });
}

/** What is left of administrators' policies that cannot be read. */
export function unreadableAdminPolicies(settings: ClusterSettings): fc.Arbitrary<UnreadablePolicy[]> {
  const policy = fc
    .record({
      kind: fc.constantFrom('ClusterNetworkPolicy', 'ClusterNetworkPolicy', 'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'),
      name: fc.constantFrom('broken', 'p0', undefined),
      tier: fc.constantFrom('Admin' as const, 'Baseline' as const, undefined),
      priority: fc.constantFrom(undefined, ...settings.priorities),
      subject: fc.oneof({ weight: 2, arbitrary: subject(settings, 'v1alpha2') }, { weight: 1, arbitrary: fc.constant(undefined) }),
      directions: fc.constantFrom(undefined, ['ingress'] as const, ['egress'] as const, [] as const),
    })
    // Only a ClusterNetworkPolicy writes its tier, and the baseline has no priority.
    .map(({ kind, tier, priority, ...rest }) =>
      compact({
        kind,
        ...rest,
        tier: kind === 'ClusterNetworkPolicy' ? tier : undefined,
        priority: kind === 'BaselineAdminNetworkPolicy' ? undefined : priority,
      }),
    );
  return fc.tuple(tenths(settings.weights.unreadable), fc.array(policy, { minLength: 1, maxLength: 2 })).map(([some, list]) =>
    some
      ? list.map((each, i) => ({
          ...each,
          origin: { file: 'broken.yaml', line: 100 + i, column: 1 },
          reason: `cannot be read (${each.kind} ${i})`,
        }))
      : [],
  ) as fc.Arbitrary<UnreadablePolicy[]>;
}

/**
 * A report of a zone says what the reference says: at every pair over its boundary and inside, and every port at which a verdict or a listed path can change, a connection is told as open, as perhaps open, or not at all;
 * and what is denied by default is what the reference denies when every rule that allows is taken away.
 */
import { describe, expect, test } from 'vitest';
import { complianceReport } from '../../src/compliance/compliance.ts';
import { CONTROL_IDS } from '../../src/compliance/controls.ts';
import { podsToCome } from '../../src/compliance/pods-to-come.ts';
import { policySetOf, withoutAllows } from '../../src/compliance/policies-of-zone.ts';
import type { CheckResult, ComplianceReport, ZoneConnections, ZoneEnds } from '../../src/compliance/report.ts';
import type { ComplianceZone, ListedPath, Way } from '../../src/compliance/zone.ts';
import { compile, type Engine } from '../../src/engine/engine.ts';
import { Directory } from '../../src/evaluate/directory.ts';
import { endpointName, TableNames } from '../../src/evaluate/names.ts';
import { TableReader } from '../../src/evaluate/reader.ts';
import type { PodsEnd, TestEnd, TestPort } from '../../src/expectations/test-case.ts';
import { printObjects, toManifests } from '../../src/fuzz/manifests.ts';
import { PRESETS, type PresetName } from '../../src/fuzz/settings.ts';
import { type World, world } from '../../src/fuzz/world.ts';
import { buildCluster } from '../../src/input/build-cluster.ts';
import { append } from '../../src/lib/append.ts';
import type { Decision } from '../../src/model/decision.ts';
import { type Direction, PROTOCOLS, type Protocol } from '../../src/model/protocol.ts';
import type { AdminPolicyObject, NetworkPolicyObject, PodObject } from '../../src/model/resource.ts';
import { type Reference, reference } from '../../src/reference/reference.ts';
import { ENDPOINT_NODE, ENDPOINT_PREFIX } from '../../src/tables/layout.ts';
import { checkProperty } from '../support/check.ts';
import { addressesIn, addressesOf, blockAt, numberOf, type Random, randomFrom } from '../support/fuzz-addresses.ts';
import { SEED } from '../support/seed.ts';

const FILE = 'test/property/compliance-equals-reference.test.ts';
const PLAN: readonly { readonly preset: PresetName; readonly clusters: number }[] = [
  { preset: 'mixed', clusters: 2 },
  { preset: 'addresses', clusters: 2 },
  { preset: 'ports', clusters: 1 },
  { preset: 'tiers', clusters: 2 },
  { preset: 'unreadable', clusters: 1 },
];
/** Addresses that no generated block names but those of everything. */
const FAR = ['203.0.113.77', '2001:db8:ffff::1'];
const MOST_PAIRS = 40;
const MOST_PORTS = 6;
const ORIGIN = { file: 'zone.yaml', line: 1, column: 1 };

/** An end that the reference can be asked about. */
interface Atom {
  readonly query: { readonly pod: string } | { readonly ip: string };
  readonly endpoint: number;
  readonly family: number;
  /** `namespace/name` of a pod. */
  readonly pod: string | undefined;
  /** As reports name it: of pods and nodes. */
  readonly name: string;
  readonly address: string | undefined;
  /** Those that lead to it and to nobody else. */
  readonly addresses: readonly string[];
  readonly kind: 'pod' | 'node' | 'outside';
}

type Done = Record<'verdicts' | 'open' | 'unknown' | 'listed' | 'fails' | 'holds' | 'newFails' | 'newHolds', number>;

describe(`reports of zones and the reference agree (seed ${SEED})`, () => {
  const done: Done = { verdicts: 0, open: 0, unknown: 0, listed: 0, fails: 0, holds: 0, newFails: 0, newHolds: 0 };
  const print = (each: World): string => `profile: ${JSON.stringify(each.profile)}\nflow seed ${each.flowSeed}\n${printObjects(each)}`;

  test.each(PLAN)('on $clusters clusters of the preset $preset', { timeout: 600_000 }, ({ preset, clusters }) => {
    checkProperty(world(PRESETS[preset]), (generated) => checkWorld(generated, done), { runs: clusters, file: FILE, print });
  });

  test('every kind of answer was met', () => {
    console.info(`seed ${SEED}: ${JSON.stringify(done)}`);
    for (const what of ['verdicts', 'open', 'listed', 'fails'] as const) expect([what, done[what] > 0]).toEqual([what, true]);
  });
});

function checkWorld(generated: World, done: Done): void {
  const random = randomFrom(generated.flowSeed);
  // Under these a rule that allows also says whether a policy counts: to take it away changes more than what is allowed.
  const profile = {
    ...generated.profile,
    name: 'of the test',
    hostBits: 'mask' as const,
    namedPorts: generated.profile.namedPorts === 'policy-rejected' ? ('resolved' as const) : generated.profile.namedPorts,
  };
  const given = { ...generated, profile };
  const manifests = toManifests(given);
  const options = { cni: profile, domainNames: given.domainNames };
  const engine = compile(manifests, { ...options, shared: false });
  const asked = reference(manifests, options);
  for (let i = 0; i < 2; i++) {
    const zone = makeZone(given, random);
    const report = complianceReport(manifests, zone, { ...options, engine });
    const atoms = atomsOf(given, zone, engine);
    const inZone = (atom: Atom): boolean => atom.pod !== undefined && report.zone.pods.includes(atom.pod);
    expect(new Set(report.zone.pods)).toEqual(new Set(podsIn(given, zone)));
    const [inside, outside] = [atoms.filter(inZone), atoms.filter((atom) => !inZone(atom))];
    checkWay('in', outside, inside, { given, zone, report, engine, asked, random, done });
    checkWay('out', inside, outside, { given, zone, report, engine, asked, random, done });
    checkWay('within', inside, inside, { given, zone, report, engine, asked, random, done });
    checkDefaultDeny(given, zone, report, engine, { inside, outside }, random, done);
  }
}

interface Context {
  readonly given: World;
  readonly zone: ComplianceZone;
  readonly report: ComplianceReport;
  readonly engine: Engine;
  readonly asked: Reference;
  readonly random: Random;
  readonly done: Done;
}

function checkWay(way: Way, from: readonly Atom[], to: readonly Atom[], context: Context): void {
  const { given, zone, report, engine, asked, random, done } = context;
  const check = checkOf(report, `paths-${way}`);
  const told = (verdict: 'allow' | 'unknown'): ZoneConnections[] => {
    const found = check.status === 'not-asked' ? check.told : check.findings.flatMap(({ connections }) => connections ?? []);
    return found.filter((each) => each.verdict === verdict);
  };
  const [open, unknown] = [told('allow'), told('unknown')];
  const paths = zone.paths.filter((path) => path.way === way);
  const numbers = portsIn(given, zone);
  for (const [a, b] of someOf([...livePairs(engine, from, to)], MOST_PAIRS, random)) {
    for (const protocol of PROTOCOLS) {
      for (const port of someOf(numbers, MOST_PORTS, random)) {
        const { verdict } = decide(asked, a, b, protocol, port);
        const isListed =
          verdict !== 'deny' &&
          ((way === 'out' && isDns(zone, b, protocol, port)) || paths.some((path) => isOnPath(path, a, b, protocol, port, report)));
        const wanted = verdict === 'deny' || (isListed && check.status !== 'not-asked') ? 'nothing' : verdict;
        const got = [
          ...(open.some((each) => holds(each, a, b, protocol, port)) ? ['allow'] : []),
          ...(unknown.some((each) => holds(each, a, b, protocol, port)) ? ['unknown'] : []),
        ];
        const question = `${way}: ${a.name} ${a.address} -> ${b.name} ${b.address} ${protocol}/${port}\n${JSON.stringify(zone.paths)}`;
        // A block may match a pod of which no address is known: the reference takes it that none does, and a report must not.
        const isOpenBlock = verdict === 'deny' && hasNoAddress(a, b) && got.join() === 'unknown';
        if (!isOpenBlock) expect(got.join() || 'nothing', question).toBe(wanted);
        done.verdicts++;
        if (verdict === 'allow') done.open++;
        if (verdict === 'unknown') done.unknown++;
        if (isListed) done.listed++;
      }
    }
  }
}

function hasNoAddress(...atoms: readonly Atom[]): boolean {
  return atoms.some(({ kind, family }) => kind === 'pod' && family === 0);
}

function checkDefaultDeny(
  given: World,
  zone: ComplianceZone,
  report: ComplianceReport,
  engine: Engine,
  { inside, outside }: { readonly inside: readonly Atom[]; readonly outside: readonly Atom[] },
  random: Random,
  done: Done,
): void {
  const bare = withoutAllowRules(given);
  const options = { cni: given.profile, domainNames: given.domainNames };
  const stripped = reference(toManifests(bare), options);
  const others = zone.listsWithin ? [...outside, ...inside] : outside;
  const numbers = portsIn(given, zone);
  for (const direction of ['ingress', 'egress'] as const) {
    const check = checkOf(report, direction === 'ingress' ? 'default-deny-in' : 'default-deny-out');
    const all = direction === 'ingress' ? livePairs(engine, others, inside) : livePairs(engine, inside, others);
    const pairs = someOf([...all], MOST_PAIRS, random);
    const verdicts = new Map<string, Set<string>>();
    for (const [a, b] of pairs) {
      const { pod } = direction === 'ingress' ? b : a;
      const known = verdicts.get(pod!) ?? new Set();
      verdicts.set(pod!, known);
      for (const protocol of PROTOCOLS) {
        // All ports where something hangs on it: a half that is not denied everywhere is met at some.
        for (const port of numbers.filter((_, i) => i % 3 === 0 || known.size < 2))
          known.add(decide(stripped, a, b, protocol, port)[direction].verdict);
      }
    }
    const named = (status: string): Set<string> =>
      new Set(
        check.findings
          .filter((each) => each.status === status)
          .flatMap(({ what }) => [...what.split(': ')[0]!.matchAll(/`([^`]+)`/g)].map(([, pod]) => pod!)),
      );
    for (const [pod, set] of verdicts) {
      const text = `${direction} of ${pod} without what allows: ${[...set].join()}; told ${JSON.stringify(check.findings)}`;
      // Only some ports are asked: what is found must be told.
      if (set.has('allow')) expect(named('fails').has(pod), text).toBe(true);
      if (set.has('unknown')) expect(named('cannot-be-shown').has(pod), text).toBe(true);
      if (set.size === 1 && set.has('deny') && check.status === 'holds') done.holds++;
      if (set.has('allow')) done.fails++;
    }
    const ends: readonly [Atom[], Atom[]] = direction === 'ingress' ? [[...others], [...inside]] : [[...inside], [...others]];
    const live = [...livePairs(engine, ...ends)];
    for (const { status, what } of check.findings) {
      if (status !== 'fails' || !what.includes(' is not denied')) continue;
      for (const [, pod] of what.split(': ')[0]!.matchAll(/`([^`]+)`/g)) {
        const own = live.filter(([a, b]) => (direction === 'ingress' ? b : a).pod === pod);
        const text = `${direction} of ${pod}: ${what}`;
        expect(isOpenSomewhere(pod!, own, numbers, stripped, direction), text).toBe(true);
      }
    }
  }
  if (given.unreadable.length === 0) checkNewPods(bare, zone, report, engine, outside, random, done);
}

/** Asks until it is found. */
function isOpenSomewhere(
  pod: string,
  pairs: readonly (readonly [Atom, Atom])[],
  ports: readonly number[],
  asked: Reference,
  direction: Direction,
): boolean {
  const own = pairs.filter(([a, b]) => (direction === 'ingress' ? b : a).pod === pod);
  return own.some(([a, b]) =>
    PROTOCOLS.some((protocol) => ports.some((port) => decide(asked, a, b, protocol, port)[direction].verdict === 'allow')),
  );
}

/** Pods that are put in are open exactly when the report says that some would be. */
function checkNewPods(
  bare: World,
  zone: ComplianceZone,
  report: ComplianceReport,
  engine: Engine,
  outside: readonly Atom[],
  random: Random,
  done: Done,
): void {
  const { status } = checkOf(report, 'new-pods');
  const options = { cni: bare.profile, domainNames: bare.domainNames };
  const { cluster } = buildCluster(toManifests(bare), bare.profile);
  const tried = podsToCome(
    zone.selectors,
    cluster.namespaces,
    withoutAllows(policySetOf(toManifests(bare), bare.profile, bare.domainNames)),
  );
  const labelled = [...someOf(tried.pods, 6, random)];
  for (const { metadata } of someOf(bare.pods, 2, random)) {
    const [selector] = zone.selectors;
    const namespace = selector!.namespace!;
    labelled.push({ namespace, labels: { ...plainLabels(metadata.labels), ...selector!.labels } });
  }
  const isOpen = labelled.map(({ namespace, labels }): boolean => {
    const pod: PodObject = { kind: 'Pod', metadata: { namespace, name: 'test-new', labels } };
    const asked = reference(toManifests({ ...bare, pods: [...bare.pods, pod] }), options);
    const end: Atom = {
      query: { pod: `${namespace}/test-new` },
      endpoint: -1,
      family: 0,
      pod: undefined,
      name: '',
      address: undefined,
      addresses: [],
      kind: 'pod',
    };
    const some = someOf(outside, 10, random);
    return some.some((other) =>
      [1, 80].some(
        (port) =>
          decide(asked, other, end, 'TCP', port).ingress.verdict === 'allow' ||
          decide(asked, end, other, 'TCP', port).egress.verdict === 'allow',
      ),
    );
  });
  const text = `new pods are told: ${status}; open: ${isOpen.join()}; ${JSON.stringify(labelled)} ${engine.profileName}`;
  if (isOpen.includes(true)) expect(status, text).toBe('fails');
  if (status === 'fails') done.newFails++;
  if (status === 'holds') done.newHolds++;
}

function checkOf({ checks }: ComplianceReport, id: string): CheckResult {
  return checks.find(({ check }) => check === id)!;
}

function makeZone(given: World, random: Random): ComplianceZone {
  const pick = <T>(items: readonly T[]): T => items[random(items.length)]!;
  const running = given.pods.filter(isRunning);
  const seed = pick(running);
  const selector: PodsEnd = {
    kind: 'pods',
    namespace: seed.metadata.namespace || 'default',
    labels: random(2) === 0 ? {} : Object.fromEntries(Object.entries(plainLabels(seed.metadata.labels)).slice(0, 1)),
    containerPorts: [],
    ips: [],
  };
  const endOf = (): TestEnd => {
    const pod = pick(running);
    const kind = random(6);
    if (kind < 2) return { kind: 'workload', workload: nameOf(pod) };
    if (kind < 3) return { kind: 'pods', namespace: pod.metadata.namespace || 'default', labels: {}, containerPorts: [], ips: [] };
    const address = pick(addressesIn(given));
    if (kind < 4) return { kind: 'ip', ip: address };
    const is6 = address.includes(':');
    const bits = is6 ? 128 : 32;
    const length = bits - random(6);
    const except = random(3) === 0 && length < bits ? [blockAt(address, length + 1)] : [];
    return { kind: 'cidr', cidr: blockAt(address, length), except, outside: random(4) === 0 };
  };
  const numbers = portsIn(given, undefined);
  const portOf = (): TestPort => {
    const protocols = random(3) === 0 ? PROTOCOLS : [pick(PROTOCOLS)];
    const kind = random(4);
    if (kind === 0) return { protocols, ports: { first: 1, last: 65535 }, text: 'any' };
    const [first, last] = [pick(numbers), pick(numbers)].sort((a, b) => a - b) as [number, number];
    return { protocols, ports: { first, last: kind === 1 ? first : last }, text: 'numbers' };
  };
  const listsWithin = random(2) === 0;
  const ways: readonly Way[] = listsWithin ? ['in', 'out', 'within'] : ['in', 'out'];
  const paths = Array.from({ length: 4 + random(4) }, (): ListedPath => {
    const way = pick(ways);
    const far = endOf();
    const near = random(3) === 0 ? ({ kind: 'workload', workload: nameOf(pick(running)) } as const) : undefined;
    const [from, to] = way === 'in' ? [far, near] : [near, far];
    return { way, from, to, ports: Array.from({ length: 1 + random(2) }, portOf), reason: 'r', origin: ORIGIN };
  });
  return {
    file: 'zone.yaml',
    name: 'z',
    inputs: [],
    controls: CONTROL_IDS,
    selectors: [selector],
    paths: paths.sort((a, b) => ways.indexOf(a.way) - ways.indexOf(b.way)),
    listsWithin,
    dns: {
      to: { kind: 'workload', workload: nameOf(pick(running)) },
      ports: [{ protocols: ['UDP'], ports: { first: 53, last: 53 }, text: 'UDP/53' }],
    },
    portRange: 1 + random(100),
  };
}

/** What ends and ports of a path mean, read literally. */
function isOnPath({ from, to, ports }: ListedPath, a: Atom, b: Atom, protocol: Protocol, port: number, report: ComplianceReport): boolean {
  const isAt = (end: TestEnd | undefined, atom: Atom): boolean => {
    if (end === undefined) return atom.pod !== undefined && report.zone.pods.includes(atom.pod);
    if (end.kind === 'workload') return atom.pod === end.workload;
    if (end.kind === 'pods') return atom.pod?.startsWith(`${end.namespace}/`) === true;
    const { addresses } = atom;
    if (end.kind === 'ip') return addresses.some((address) => sameAddress(address, end.ip));
    if (end.kind !== 'cidr' || (end.outside && atom.kind !== 'outside')) return false;
    const isIn = (cidr: string, address: string): boolean => addressesOf(cidr).some((each) => sameAddress(each, address));
    return addresses.some((address) => isIn(end.cidr, address) && !end.except.some((each) => isIn(each, address)));
  };
  const isPort = ports.some(
    ({ protocols, ports: each }) => protocols.includes(protocol) && 'first' in each && each.first <= port && port <= each.last,
  );
  return isPort && isAt(from, a) && isAt(to, b);
}

function isDns({ dns }: ComplianceZone, { pod }: Atom, protocol: Protocol, port: number): boolean {
  return dns.to.kind === 'workload' && dns.to.workload === pod && protocol === 'UDP' && port === 53;
}

function sameAddress(a: string, b: string): boolean {
  return a.includes(':') === b.includes(':') && numberOf(a) === numberOf(b);
}

function holds({ from, to, ports }: ZoneConnections, a: Atom, b: Atom, protocol: Protocol, port: number): boolean {
  return isAmong(from, a) && isAmong(to, b) && ports.some((each) => each.protocol === protocol && each.first <= port && port <= each.last);
}

function isAmong({ pods, nodes, addresses }: ZoneEnds, { kind, name, address }: Atom): boolean {
  if (kind === 'pod') return pods.includes(name);
  if (kind === 'node') return nodes.includes(name) || nodes.includes(`${name} (${address})`);
  return addresses.some((text) => {
    const [first, last] = text.includes('-') ? text.split('-') : [text, text];
    const is6 = text.includes(':');
    if (is6 !== address!.includes(':')) return false;
    const number = numberOf(address!);
    if (!text.includes('/')) return numberOf(first!) <= number && number <= numberOf(last!);
    const [base, length] = text.split('/');
    const size = 1n << BigInt((is6 ? 128 : 32) - Number(length));
    return numberOf(base!) <= number && number < numberOf(base!) + size;
  });
}

/** Every pod face, and every address that leads to one node or to the outside. */
function atomsOf(given: World, zone: ComplianceZone, { tables }: Engine): Atom[] {
  const names = new TableNames(tables);
  const directory = new Directory(tables, names);
  const { endpointKind, endpointFamily } = tables.columns;
  const leadingTo = new Map<number, string[]>();
  for (const ip of addressesIn(given)) {
    const { endpoints } = directory.resolve({ ip });
    if (endpoints.length === 1) append(leadingTo, endpoints[0]!, ip);
  }
  const pods = given.pods.filter(isRunning).flatMap((pod): Atom[] => {
    const query = { pod: nameOf(pod) };
    return Array.from(directory.resolve(query).endpoints, (endpoint) => {
      const name = endpointName(tables.columns, names, endpoint);
      return {
        query,
        endpoint,
        family: endpointFamily[endpoint]!,
        pod: query.pod,
        name,
        address: undefined,
        addresses: leadingTo.get(endpoint) ?? [],
        kind: 'pod',
      };
    });
  });
  const ofPaths = zone.paths
    .flatMap(({ from, to }) => [from, to])
    .flatMap((end) => (end?.kind === 'cidr' ? around(end.cidr) : end?.kind === 'ip' ? [end.ip] : []));
  const seen = new Set<string>();
  const others = [...addressesIn(given), ...ofPaths, ...FAR].flatMap((ip): Atom[] => {
    const key = `${ip.includes(':')} ${numberOf(ip)}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const { endpoints, owner } = directory.resolve({ ip });
    const endpoint = endpoints[0];
    if (owner !== undefined || endpoints.length !== 1 || endpoint === undefined) return [];
    const kind = endpointKind[endpoint];
    if (kind !== ENDPOINT_NODE && kind !== ENDPOINT_PREFIX) return [];
    const name = kind === ENDPOINT_NODE ? endpointName(tables.columns, names, endpoint).slice('node/'.length) : ip;
    return [
      {
        query: { ip },
        endpoint,
        family: ip.includes(':') ? 6 : 4,
        pod: undefined,
        name,
        address: ip,
        addresses: [ip],
        kind: kind === ENDPOINT_NODE ? 'node' : 'outside',
      },
    ];
  });
  return [...pods, ...others];
}

/** Some of them, so that all are met in the end. */
function someOf<T>(items: readonly T[], most: number, random: Random): readonly T[] {
  return items.length <= most ? items : items.filter(() => random(items.length) < most);
}

function around(cidr: string): string[] {
  const all = addressesOf(cidr);
  return [all[0]!, all.at(-1)!];
}

function* livePairs({ tables }: Engine, from: readonly Atom[], to: readonly Atom[]): Generator<[Atom, Atom]> {
  const reader = new TableReader(tables);
  for (const a of from) {
    for (const b of to) {
      if (a.family !== b.family && a.family !== 0 && b.family !== 0) continue;
      if (a.pod !== undefined && a.pod === b.pod) continue;
      if (!reader.decidedByComparison(a.endpoint, b.endpoint)) yield [a, b];
    }
  }
}

function decide(asked: Reference, a: Atom, b: Atom, protocol: Protocol, port: number): Decision {
  const family = (a.family || b.family) as 0 | 4 | 6;
  return asked.canReach({ from: a.query, to: b.query, protocol, port, ...(family === 0 ? {} : { family }) });
}

/** The same objects without a rule that allows. */
function withoutAllowRules(given: World): World {
  const networkPolicies = given.networkPolicies.map((policy): NetworkPolicyObject => {
    const { policyTypes, egress } = policy.spec ?? {};
    const types = policyTypes?.length ? policyTypes : (egress ?? []).length > 0 ? (['Ingress', 'Egress'] as const) : (['Ingress'] as const);
    return { ...policy, spec: { ...policy.spec, policyTypes: types, ingress: [], egress: [] } };
  });
  const isKept = ({ action }: { action: string }): boolean => action !== 'Accept' && action !== 'Allow';
  const adminPolicies = given.adminPolicies.map((policy) => {
    const { ingress, egress } = policy.spec;
    return {
      ...policy,
      spec: { ...policy.spec, ingress: (ingress ?? []).filter(isKept), egress: (egress ?? []).filter(isKept) },
    } as AdminPolicyObject;
  });
  return { ...given, networkPolicies, adminPolicies };
}

function podsIn(given: World, { selectors: [selector] }: ComplianceZone): string[] {
  return given.pods
    .filter(isRunning)
    .filter(({ metadata }) => (metadata.namespace || 'default') === selector!.namespace)
    .filter(({ metadata: { labels } }) =>
      // A label without value has the empty one.
      Object.entries(selector!.labels).every(([key, value]) => Object.hasOwn(labels ?? {}, key) && (labels?.[key] ?? '') === value),
    )
    .map(nameOf);
}

function isRunning({ status }: PodObject): boolean {
  return status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
}

function nameOf({ metadata }: PodObject): string {
  return `${metadata.namespace || 'default'}/${metadata.name}`;
}

function plainLabels(labels: PodObject['metadata']['labels']): Record<string, string> {
  const own = Object.entries(labels ?? {}).flatMap(([key, value]) =>
    value !== null && !key.startsWith('_') ? [[key, value] as const] : [],
  );
  return Object.fromEntries(own);
}

/** Every number that the world and the paths name, and those beside it. */
function portsIn(given: World, zone: ComplianceZone | undefined): number[] {
  const found = new Set([1, 53, 65535]);
  JSON.stringify([given.networkPolicies, given.adminPolicies, given.pods, zone?.paths.map(({ ports }) => ports)], (_, value: unknown) => {
    if (typeof value === 'number') for (const near of [value - 1, value, value + 1]) if (near >= 1 && near <= 65535) found.add(near);
    return value;
  });
  return [...found].sort((a, b) => a - b);
}

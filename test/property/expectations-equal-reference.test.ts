/**
 * What becomes of a case is what the reference says over all its pairs, addresses and ports, asked one by one. Addresses are few enough to ask for each; ports are all numbers that the
 * world names and those beside them, as verdicts change nowhere else.
 */
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/engine/engine.ts';
import { Directory } from '../../src/evaluate/directory.ts';
import { TableNames } from '../../src/evaluate/names.ts';
import type { Because, TestCase, TestEnd, TestPort } from '../../src/expectations/test-case.ts';
import { testReachability } from '../../src/expectations/test-reachability.ts';
import { printObjects, toManifests } from '../../src/fuzz/manifests.ts';
import { PRESETS, type PresetName } from '../../src/fuzz/settings.ts';
import { type World, world } from '../../src/fuzz/world.ts';
import type { Decision, Verdict } from '../../src/model/decision.ts';
import { PROTOCOLS, type Protocol } from '../../src/model/protocol.ts';
import type { Container, PodObject } from '../../src/model/resource.ts';
import { type Reference, reference } from '../../src/reference/reference.ts';
import { checkProperty } from '../support/check.ts';
import { addressesIn, addressesOf, blockAt, type Random, randomFrom } from '../support/fuzz-addresses.ts';
import { SEED } from '../support/seed.ts';

const FILE = 'test/property/expectations-equal-reference.test.ts';
const PLAN: readonly { readonly preset: PresetName; readonly clusters: number }[] = [
  { preset: 'mixed', clusters: 20 },
  { preset: 'addresses', clusters: 20 },
  { preset: 'ports', clusters: 14 },
  { preset: 'tiers', clusters: 14 },
  { preset: 'unreadable', clusters: 8 },
  { preset: 'prototypes', clusters: 8 },
];
const CASES = 8;
const VERDICTS: readonly Verdict[] = ['allow', 'deny', 'unknown'];

/** One end of pairs: a pod at a family, or an address. */
interface Atom {
  readonly query: { readonly pod: string } | { readonly ip: string };
  readonly family: 0 | 4 | 6;
  /** The pod, where it is certainly that one. */
  readonly pod: string | undefined;
}

describe(`cases and the reference agree (seed ${SEED})`, () => {
  const done = { cases: 0, passed: 0, queries: 0, assumed: 0, because: 0, ranges: 0 };

  test.each(PLAN)('on $clusters clusters of the preset $preset', { timeout: 600_000 }, ({ preset, clusters }) => {
    checkProperty(world(PRESETS[preset]), (generated) => checkWorld(generated, done), {
      runs: clusters,
      file: FILE,
      print: (each) => `profile: ${JSON.stringify(each.profile)}\nflow seed ${each.flowSeed}\n${printObjects(each)}`,
    });
  });

  test('cases of every kind were asked', () => {
    console.info(`seed ${SEED}: ${JSON.stringify(done)}`);
    expect(done.cases).toBeGreaterThan(3000);
    expect(done.passed / done.cases).toBeGreaterThan(0.1);
    expect(Math.min(done.assumed, done.because, done.ranges)).toBeGreaterThan(20);
  });
});

type Done = Record<'cases' | 'passed' | 'queries' | 'assumed' | 'because' | 'ranges', number>;

function checkWorld(generated: World, done: Done): void {
  const random = randomFrom(generated.flowSeed);
  const manifests = toManifests(generated);
  const options = { cni: generated.profile, domainNames: generated.domainNames };
  const engine = compile(manifests, options);
  for (let i = 0; i < CASES; i++) {
    const made = makeCase(generated, random);
    const model = modelOf(generated, made, done);
    for (const because of [undefined, ...(made.because === undefined ? [] : [made.because])]) {
      const cases = VERDICTS.flatMap((verdict) =>
        (['all', 'some'] as const).map(
          (over): TestCase => ({
            ...made.head,
            name: `${verdict} ${over}`,
            expect: verdict,
            over,
            ...(because === undefined ? {} : { because }),
          }),
        ),
      );
      const file = { file: 'f', name: 'f', format: 'reachability-test' as const, inputs: [], cases, skipped: [], limits: {} };
      const [result] = testReachability(manifests, [file], { ...options, engine });
      for (const [c, each] of result!.cases.entries()) {
        const wanted = outcome(model, cases[c]!);
        const told = `${JSON.stringify(cases[c])}\n${JSON.stringify(each)}`;
        expect({ status: each.status, hasUnknown: each.unknown > 0 }, told).toEqual(wanted);
        done.cases++;
        if (each.status === 'passed') done.passed++;
        if (because !== undefined) done.because++;
      }
    }
    if ([made.head.from, made.head.to].some(({ kind }) => kind === 'cidr')) done.ranges++;
  }
}

interface MadeCase {
  readonly head: Omit<TestCase, 'name' | 'expect' | 'over' | 'because'>;
  readonly because: Because | undefined;
}

const NO_POD: PodObject = { kind: 'Pod', metadata: { name: '' } };

function makeCase(generated: World, random: Random): MadeCase {
  const pick = <T>(items: readonly T[]): T => items[random(items.length)]!;
  const pods = runningPods(generated);
  const endOf = (): TestEnd => {
    // All pods of a world can have completed: then there are addresses alone.
    const kind = pods.length > 0 ? random(10) : 6 + random(4);
    const pod = pods.length > 0 ? pick(pods) : NO_POD;
    const namespace = pod.metadata.namespace || 'default';
    if (kind < 2) return { kind: 'workload', workload: nameOf(pod) };
    if (kind < 5) return { kind: 'pods', namespace, labels: someLabels(pod, random), containerPorts: [], ips: [] };
    // Adding an object goes through the last step of reading again, which generated manifests with something unreadable have not gone through.
    if (kind < 6 && /^[a-z0-9-]+$/.test(namespace) && generated.unreadable.length === 0)
      return { kind: 'pods', namespace, labels: { ...goodLabels(pod), 'not-there': 'x' }, containerPorts: [], ips: [] };
    const address = pick(addressesIn(generated));
    if (kind < 7) return { kind: 'ip', ip: address };
    const is6 = address.includes(':');
    const length = (is6 ? 128 : 32) - random(4);
    const cidr = blockAt(address, length);
    const except = random(3) === 0 && length < (is6 ? 128 : 32) ? [blockAt(address, length + 1)] : [];
    return { kind: 'cidr', cidr, except, outside: random(4) === 0 };
  };
  const numbers = numbersIn(generated);
  const portOf = (): TestPort => {
    const protocol = pick(PROTOCOLS);
    const kind = random(8);
    if (kind === 0) return { protocols: PROTOCOLS, ports: { first: 1, last: 65535 }, text: 'any' };
    if (kind === 1) return { protocols: [protocol], ports: { name: pick(portNamesIn(generated)) }, text: 'name' };
    const [first, last] = [pick(numbers), pick(numbers)].sort((a, b) => a - b) as [number, number];
    return { protocols: [protocol], ports: kind < 5 ? { first, last: first } : { first, last }, text: 'numbers' };
  };
  const policies = [...generated.networkPolicies, ...generated.adminPolicies];
  const policy = random(2) === 0 && policies.length > 0 ? pick(policies) : undefined;
  const ports = Array.from({ length: 1 + random(2) }, portOf);
  const [from, to] = [endOf(), endOf()];
  const isCertain = [from, to].every(({ kind }) => kind === 'workload' || kind === 'pods');
  return {
    head: { origin: { file: 'f', line: 1, column: 1 }, from, to, ports, notes: [] },
    because:
      policy === undefined || !isCertain
        ? undefined
        : {
            policy:
              policy.kind === 'NetworkPolicy' ? `${policy.metadata.namespace || 'default'}/${policy.metadata.name}` : policy.metadata.name,
            kind: policy.kind,
            ...(random(3) === 0 ? { rule: random(2) } : {}),
          },
  };
}

/** What the reference says of each pair at each port; undefined where an end stands for nothing. */
type Model = readonly { readonly decisions: readonly Decision[]; readonly missing: boolean }[] | undefined;

function modelOf(generated: World, { head }: MadeCase, done: Done): Model {
  const extra: PodObject[] = [];
  const plan = (end: TestEnd): string[] | TestEnd | undefined => {
    if (end.kind !== 'pods') return end;
    const found = runningPods(generated).filter((pod) => {
      return (
        (pod.metadata.namespace || 'default') === end.namespace &&
        Object.entries(end.labels).every(([key, value]) => own(labelsOf(pod), key) === value)
      );
    });
    if (found.length > 0) return found.map(nameOf);
    if (Object.keys(end.labels).length === 0) return undefined;
    done.assumed++;
    const name = `test-assumed-${extra.length}`;
    extra.push({ kind: 'Pod', metadata: { namespace: end.namespace!, name, labels: end.labels } });
    return [`${end.namespace}/${name}`];
  };
  const plans = [plan(head.from), plan(head.to)];
  if (plans.includes(undefined)) return undefined;
  const whole = { ...generated, pods: [...generated.pods, ...extra] };
  const manifests = toManifests(whole);
  const options = { cni: generated.profile, domainNames: generated.domainNames };
  const asked = reference(manifests, options);
  const { tables } = compile(manifests, options);
  const directory = new Directory(tables, new TableNames(tables));
  const atoms = plans.map((each) => atomsOf(each!, directory, tables.columns.endpointFamily));
  if (atoms.some((each) => each.length === 0)) return undefined;
  const pairs = atoms[0]!
    .flatMap((from) => atoms[1]!.map((to) => ({ from, to })))
    .filter(({ from, to }) => from.family === to.family || from.family === 0 || to.family === 0);
  if (pairs.length === 0) return undefined;
  const isSelf = ({ from, to }: { from: Atom; to: Atom }): boolean => from.pod !== undefined && from.pod === to.pod;
  const judged = pairs.every(isSelf) ? pairs : pairs.filter((pair) => !isSelf(pair));
  const numbers = numbersIn(generated);
  return judged.map(({ from, to }) => {
    const wanted = head.ports.map((port) => portsAt(port, to, whole, numbers, directory));
    const decisions = wanted.flat().map(([protocol, port]) => {
      done.queries++;
      return decide(asked, from, to, protocol, port);
    });
    return { decisions, missing: head.ports.some((_, i) => wanted[i]!.length === 0) || hasMissing(head.ports, to, whole, directory) };
  });
}

function decide(asked: Reference, from: Atom, to: Atom, protocol: Protocol, port: number): Decision {
  const family = from.family || to.family;
  return asked.canReach({ from: from.query, to: to.query, protocol, port, ...(family === 0 ? {} : { family }) });
}

function atomsOf(plan: string[] | TestEnd, directory: Directory, families: Uint8Array): Atom[] {
  const podAtoms = (pod: string): Atom[] =>
    Array.from(directory.resolve({ pod }).endpoints, (endpoint) => ({ query: { pod }, family: families[endpoint] as 0 | 4 | 6, pod }));
  if (Array.isArray(plan)) return plan.flatMap(podAtoms);
  if (plan.kind === 'workload') return podAtoms(plan.workload);
  const addressAtom = (ip: string): Atom => ({ query: { ip }, family: ip.includes(':') ? 6 : 4, pod: podAt(ip, directory) });
  if (plan.kind === 'ip') return [addressAtom(plan.ip)];
  if (plan.kind !== 'cidr') throw new Error('not made');
  const left = addressesOf(plan.cidr).filter((ip) => !plan.except.some((each) => addressesOf(each).includes(ip)));
  return left.filter((ip) => !plan.outside || isOutside(ip, directory)).map(addressAtom);
}

/** `namespace/name` of the one pod that has the address. */
function podAt(ip: string, directory: Directory): string | undefined {
  const { endpoints } = directory.resolve({ ip });
  const name = endpoints.length === 1 ? directory.nameOf(endpoints[0]!).replace(/ \(IPv\d\)$/, '') : '';
  return name.includes('/') && !name.startsWith('node/') && !/^[\d.:a-f]+\/\d+$/.test(name) ? name : undefined;
}

function isOutside(ip: string, directory: Directory): boolean {
  const { endpoints, owner } = directory.resolve({ ip });
  return owner === undefined && endpoints.length === 1 && /^[\d.:a-f]+\/\d+$/.test(directory.nameOf(endpoints[0]!));
}

function portsAt(port: TestPort, to: Atom, generated: World, numbers: readonly number[], directory: Directory): [Protocol, number][] {
  if ('name' in port.ports) {
    const { name } = port.ports;
    return port.protocols.flatMap((protocol) =>
      named(name, protocol, to, generated, directory).map((number): [Protocol, number] => [protocol, number]),
    );
  }
  const { first, last } = port.ports;
  const wanted = numbers.filter((number) => number >= first && number <= last);
  return port.protocols.flatMap((protocol) => wanted.map((number): [Protocol, number] => [protocol, number]));
}

function hasMissing(ports: readonly TestPort[], to: Atom, generated: World, directory: Directory): boolean {
  return ports.some(({ ports: each, protocols }) => {
    return 'name' in each && protocols.some((protocol) => named(each.name, protocol, to, generated, directory).length === 0);
  });
}

/** The numbers that a destination gives a name. Owners of one address must agree. */
function named(name: string, protocol: Protocol, to: Atom, generated: World, directory: Directory): number[] {
  const owners =
    'pod' in to.query
      ? [to.query.pod]
      : Array.from(directory.resolve(to.query).endpoints, (endpoint) => directory.nameOf(endpoint).replace(/ \(IPv\d\)$/, ''));
  const lists = owners.flatMap((owner) => {
    const pod = runningPods(generated).find((each) => nameOf(each) === owner);
    return pod === undefined ? [] : [numbersOf(pod, name, protocol, generated)];
  });
  return lists.length > 0 && lists.every((each) => String(each) === String(lists[0])) ? lists[0]! : [];
}

function numbersOf({ spec }: PodObject, name: string, protocol: Protocol, { profile }: World): number[] {
  const sidecars = profile.sidecarPorts
    ? (spec?.initContainers ?? []).filter(({ restartPolicy }: Container) => restartPolicy === 'Always')
    : [];
  const ports = [...(spec?.containers ?? []), ...sidecars].flatMap((container: Container) => container.ports ?? []);
  const found = ports
    .filter((port) => port.name === name && (port.protocol ?? 'TCP') === protocol)
    .map(({ containerPort }) => containerPort);
  const counted = profile.namedPortDuplicates === 'every' ? found : found.slice(0, 1);
  return [...new Set(counted)].sort((a, b) => a - b);
}

function outcome(model: Model, { expect: wanted, over, because }: TestCase): { status: string; hasUnknown: boolean } {
  if (model === undefined) return { status: 'failed', hasUnknown: false };
  const holds = model.map(({ decisions, missing }) => {
    return (
      !missing && decisions.every((decision) => decision.verdict === wanted && (because === undefined || isBecause(decision, because)))
    );
  });
  const passes = over === 'all' ? holds.every((each) => each) : holds.includes(true);
  return {
    status: passes ? 'passed' : 'failed',
    hasUnknown: model.some(({ decisions }) => decisions.some(({ verdict }) => verdict === 'unknown')),
  };
}

function isBecause({ verdict, egress, ingress }: Decision, { policy, kind, rule }: Because): boolean {
  const text = (each: { namespace?: string; name: string }): string =>
    each.namespace === undefined ? each.name : `${each.namespace}/${each.name}`;
  return [egress, ingress]
    .filter((half) => half.verdict === verdict)
    .some((half) => {
      const byRule = half.reasons.some(
        (reason) => text(reason.policy) === policy && reason.policy.kind === kind && (rule === undefined || reason.rule === rule),
      );
      const isolates =
        half.default === 'isolated-no-rule-matches' && half.isolatedBy.some((each) => text(each) === policy && each.kind === kind);
      return byRule || (isolates && rule === undefined);
    });
}

function runningPods({ pods }: Pick<World, 'pods'>): readonly PodObject[] {
  return pods.filter(({ status }) => status?.phase !== 'Succeeded' && status?.phase !== 'Failed');
}

function nameOf({ metadata }: PodObject): string {
  return `${metadata.namespace || 'default'}/${metadata.name}`;
}

function labelsOf({ metadata }: PodObject): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata.labels ?? {}).map(([key, value]) => [key, value ?? '']));
}

/** Those that a pod may have: generated ones are stranger. */
function goodLabels(pod: PodObject): Record<string, string> {
  return Object.fromEntries(Object.entries(labelsOf(pod)).filter((each) => each.every((text) => !text.startsWith('_'))));
}

function own(labels: Record<string, string>, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

function someLabels(pod: PodObject, random: Random): Record<string, string> {
  return Object.fromEntries(Object.entries(labelsOf(pod)).filter(() => random(2) === 0));
}

/** Every number that the world names, and those beside it. */
function numbersIn(generated: World): number[] {
  const found = new Set([1, 2, 65534, 65535]);
  JSON.stringify([generated.networkPolicies, generated.adminPolicies, generated.pods], (_, value: unknown) => {
    if (typeof value === 'number') for (const near of [value - 1, value, value + 1]) if (near >= 1 && near <= 65535) found.add(near);
    return value;
  });
  return [...found].sort((a, b) => a - b);
}

function portNamesIn(generated: World): string[] {
  const ports = generated.pods.flatMap(({ spec }) => (spec?.containers ?? []).flatMap((container) => container.ports ?? []));
  return [...new Set(ports.flatMap(({ name }) => name ?? [])), 'nobody'];
}

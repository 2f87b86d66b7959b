/**
 * Engine against definition on every set of so many entries of the universe of tiers. Hundreds of sets share one cluster and one compilation: each has a subject in a namespace of its
 * own, and its policies apply to that namespace alone. That is the same as a cluster for each, because a policy that does not apply to the pod has no say about it, whatever its tier
 * and rank; and it is checked, because the definition sees each set alone.
 */
import { isDeepStrictEqual } from 'node:util';
import { spec } from '../../src/cni/spec.ts';
import { compileTables } from '../../src/compile/compile.ts';
import { compile, type Engine, engineFromTables } from '../../src/engine/engine.ts';
import { Directory } from '../../src/evaluate/directory.ts';
import { TableNames } from '../../src/evaluate/names.ts';
import { printObjects, toManifests } from '../../src/fuzz/manifests.ts';
import { buildCluster } from '../../src/input/build-cluster.ts';
import { parseAddress } from '../../src/lib/ip-address.ts';
import type { Cluster } from '../../src/model/cluster.ts';
import type { Decision } from '../../src/model/decision.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import type { PolicySet } from '../../src/model/policy.ts';
import { type Direction, PROTOCOLS } from '../../src/model/protocol.ts';
import { decide, type FormEnd } from '../../src/reference/decide.ts';
import { reference } from '../../src/reference/reference.ts';
import { createFlowBatch } from '../../src/tables/flow-batch.ts';
import { describeDifference } from '../support/compare.ts';
import { verdictsOf } from '../support/verdicts-of.ts';
import { ENDS, ENTRIES, entrySets, objectsOf, PEER_PODS, PORTS, policySetOf, subjectOf } from './tier-entries.ts';

/** What was compared. */
export interface TierTally {
  sets: number;
  flows: number;
  allow: number;
  deny: number;
  unknown: number;
}

const VERDICTS = ['deny', 'allow', 'unknown'] as const;
const FLOWS = ENDS.flatMap((end) => PORTS.map(([protocol, port]) => ({ end, protocol, port })));

/** Sets in one compilation. */
const AT_ONCE = 500;
/** Every 20th flow is compared as a whole decision. */
const DECISION_STEP = 20;

/** Part `part` of `parts`, and of these every `step`-th set. */
export interface Share {
  readonly part?: number;
  readonly parts?: number;
  readonly step?: number;
  readonly report?: (tally: TierTally) => void;
}

function* sharedSets(size: number, { part = 0, parts = 1, step = 1 }: Share): Generator<readonly (readonly number[])[]> {
  let group: (readonly number[])[] = [];
  let index = 0;
  for (const set of entrySets(size)) {
    const number = index++;
    if (number % (parts * step) !== part * step) continue;
    group.push(set);
    if (group.length < AT_ONCE) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** The internal form against its meaning: in every tier the first match decides. @throws {Error} that shows the first flow that differs, with the policies */
export function compareForms(size: number, direction: Direction, share: Share = {}): TierTally {
  const cluster = buildCluster(toManifests({ pods: [...PEER_PODS, ...subjects(AT_ONCE)] }), spec).cluster;
  const others = ENDS.map((end) => formEnd(cluster, end));
  const own = subjects(AT_ONCE).map(({ status }) => formEnd(cluster, status!.podIP!));
  const matches = matchesOf(own[0]!, others, direction);
  const tally = createTally();
  for (const group of sharedSets(size, share)) {
    const tables = compileTables(cluster, policySetOf(group, 0, direction), spec);
    const engine = engineFromTables(tables);
    const verdicts = judge(engine, group.length, direction);
    for (const [number, set] of group.entries()) {
      const policies = policySetOf([set], number, direction);
      const ask = (i: number) => {
        const [subject, other] = [own[number]!, others[Math.floor(i / PORTS.length)]!];
        const [source, destination] = direction === 'egress' ? [subject, other] : [other, subject];
        return decide(policies, { source, destination, ...FLOWS[i]! });
      };
      // Flows that the same rules of the set match have the same answer; which rules match a flow the sets of one say.
      const answers: string[] = [];
      for (const i of FLOWS.keys()) {
        const matching = set.reduce((bits, entry, index) => bits | (((matches[shapeOf(entry)]! >>> i) & 1) << index), 0);
        answers[matching] ??= ask(i)[direction].verdict;
        const verdict = VERDICTS[verdicts[number * FLOWS.length + i]!]!;
        tally[verdict]++;
        if (verdict !== answers[matching]) fail(policies, queryOf(number, i, direction), ask(i), { verdict, by: 'batch kernel' });
        if ((tally.flows++ + tally.sets) % DECISION_STEP !== 0) continue;
        const { egress, ingress } = engine.canReach(queryOf(number, i, direction));
        const expected = ask(i);
        if (!isDeepStrictEqual({ egress, ingress }, expected)) fail(policies, queryOf(number, i, direction), expected, { egress, ingress });
      }
      tally.sets++;
    }
    share.report?.(tally);
  }
  return tally;
}

/** By peer and range: the flows that a rule with them matches, as bits. Taken from the definition, flow by flow. */
function matchesOf(subject: FormEnd, others: readonly FormEnd[], direction: Direction): number[] {
  const masks: number[] = [];
  for (const number of ENTRIES.keys()) {
    if (masks[shapeOf(number)] !== undefined) continue;
    const policies = policySetOf([[number]], 0, direction);
    masks[shapeOf(number)] = FLOWS.reduce((bits, flow, i) => {
      const other = others[Math.floor(i / PORTS.length)]!;
      const [source, destination] = direction === 'egress' ? [subject, other] : [other, subject];
      const { reasons, passes } = decide(policies, { source, destination, ...flow })[direction];
      return bits | (Number(reasons.length + passes.length > 0) << i);
    }, 0);
  }
  return masks;
}

function shapeOf(entry: number): number {
  const { peer, range } = ENTRIES[entry]!;
  return peer * 8 + range;
}

/** Objects of the API against the reference. @throws {Error} that shows the first flow that differs, with the policies */
export function compareObjects(size: number, share: Share = {}): TierTally {
  const tally = createTally();
  for (const group of sharedSets(size, share)) {
    const objects = group.map(objectsOf);
    const policies = {
      adminPolicies: objects.flatMap(({ adminPolicies }) => adminPolicies),
      networkPolicies: objects.flatMap(({ networkPolicies }) => networkPolicies),
    };
    const engine = compile(toManifests({ pods: [...PEER_PODS, ...subjects(group.length)], ...policies }), { shared: false });
    const verdicts = judge(engine, group.length, 'egress');
    for (const [number, own] of objects.entries()) {
      const alone = toManifests({ pods: [...PEER_PODS, subjectOf(number)], ...own });
      const { canReach } = reference(alone);
      for (const i of FLOWS.keys()) {
        const query = queryOf(number, i, 'egress');
        const expected = canReach(query);
        const verdict = VERDICTS[verdicts[number * FLOWS.length + i]!]!;
        tally[verdict]++;
        const told = (tally.flows++ + tally.sets) % DECISION_STEP === 0 ? withoutPlaces(engine.canReach(query)) : undefined;
        const same = verdict === expected.verdict && (told === undefined || isDeepStrictEqual(told, withoutPlaces(expected)));
        if (!same) throw new Error(`${describeDifference(query, expected, told ?? { verdict, by: 'batch kernel' })}\n${printObjects(own)}`);
      }
      tally.sets++;
    }
    share.report?.(tally);
  }
  return tally;
}

/** Places in files are not those of the cluster that has only one set. */
function withoutPlaces(decision: Decision): unknown {
  return JSON.parse(JSON.stringify(decision, (key, value) => (key === 'origin' ? undefined : value)));
}

function createTally(): TierTally {
  return { sets: 0, flows: 0, allow: 0, deny: 0, unknown: 0 };
}

function subjects(count: number) {
  return Array.from({ length: count }, (_, number) => subjectOf(number));
}

/** Verdicts of all flows of all subjects, set by set. */
function judge(engine: Engine, sets: number, direction: Direction): Uint8Array {
  const directory = new Directory(engine.tables, new TableNames(engine.tables));
  const at = (address: string) => directory.resolve(address).endpoints[0]!;
  const others = ENDS.map(at);
  const batch = createFlowBatch(sets * FLOWS.length);
  for (let number = 0; number < sets; number++) {
    const subject = at(subjectOf(number).status!.podIP!);
    for (const [i, { protocol, port }] of FLOWS.entries()) {
      const other = others[Math.floor(i / PORTS.length)]!;
      batch.source[batch.count] = direction === 'egress' ? subject : other;
      batch.destination[batch.count] = direction === 'egress' ? other : subject;
      batch.protocol[batch.count] = PROTOCOLS.indexOf(protocol);
      batch.port[batch.count++] = port;
    }
  }
  return verdictsOf(engine.tables, batch);
}

function queryOf(number: number, flow: number, direction: Direction): FlowQuery {
  const { end, protocol, port } = FLOWS[flow]!;
  const subject = `n${number}/s`;
  return direction === 'egress' ? { from: subject, to: end, protocol, port } : { from: end, to: subject, protocol, port };
}

function formEnd(cluster: Cluster, address: string): FormEnd {
  const ip = parseAddress(address)!;
  const pod = cluster.pods.find(({ ips }) => ips.some(({ words }) => words[0] === ip.words[0]));
  if (pod === undefined) return { ip };
  return { pod, ip, namespaceLabels: cluster.namespaces.find(({ name }) => name === pod.namespace)!.labels };
}

function fail(policies: PolicySet, query: FlowQuery, expected: unknown, got: unknown): never {
  throw new Error(`${describeDifference(query, expected, got)}\n${JSON.stringify(policies, null, 1)}`);
}

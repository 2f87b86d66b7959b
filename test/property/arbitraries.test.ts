/**
 * The generators themselves, from a fixed seed: flows near the edges of rules with a mix of verdicts in every preset, and every field of a NetworkPolicy in every form.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flowsOf } from '../../src/fuzz/flows.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import { PRESET_NAMES, PRESETS } from '../../src/fuzz/settings.ts';
import { countFlow, createStatistics, describeStatistics } from '../../src/fuzz/statistics.ts';
import { edgesOf, rulesOf, type World, world } from '../../src/fuzz/world.ts';
import { reference } from '../../src/reference/reference.ts';

const SEED = 20240521;
const CLUSTERS = 60;
const FLOWS = 60;

const worldsOf = (preset: (typeof PRESET_NAMES)[number], count: number) =>
  fc.sample(world(PRESETS[preset]), { numRuns: count, seed: SEED });

describe('generated flows', () => {
  test.each(PRESET_NAMES)('of the preset %s are mixed and near the edges of rules', (preset) => {
    const statistics = createStatistics();
    for (const generated of worldsOf(preset, CLUSTERS)) {
      const { canReach } = reference(toManifests(generated), { cni: generated.profile });
      const edges = edgesOf(generated);
      const next = flowsOf(generated);
      for (let i = 0; i < FLOWS; i++) {
        const flow = next();
        const decision = canReach(flow);
        countFlow(statistics, edges, flow, decision, decision.unknown?.cause);
      }
    }
    const { flows, verdicts, nearEdge } = statistics;
    const report = describeStatistics(statistics);
    expect(verdicts.allow / flows, report).toBeGreaterThan(0.3);
    expect(verdicts.allow / flows, report).toBeLessThan(0.7);
    expect(verdicts.deny / flows, report).toBeGreaterThan(0.2);
    expect(nearEdge / flows, report).toBeGreaterThan(0.25);
  });

  test('are the same for the same seed', () => {
    const [generated] = worldsOf('mixed', 1) as [World];
    const draw = () => Array.from({ length: 50 }, flowsOf(generated));
    expect(draw()).toEqual(draw());
    const other = flowsOf({ ...generated, flowSeed: generated.flowSeed ^ 1 });
    expect(Array.from({ length: 50 }, other)).not.toEqual(draw());
  });
});

/** What generated input must contain at least once. */
const FORMS: readonly (readonly [form: string, holds: (world: World) => boolean])[] = [
  ['missing spec', ({ networkPolicies }) => networkPolicies.some((policy) => !('spec' in policy))],
  ['missing podSelector', policySpec((spec) => !('podSelector' in spec))],
  ['null podSelector', policySpec((spec) => spec.podSelector === null)],
  ['empty podSelector', policySpec((spec) => !!spec.podSelector && Object.keys(spec.podSelector).length === 0)],
  ['missing policyTypes', policySpec((spec) => !('policyTypes' in spec))],
  ['null policyTypes', policySpec((spec) => spec.policyTypes === null)],
  ['empty policyTypes', policySpec((spec) => spec.policyTypes?.length === 0)],
  ['a policy type twice', policySpec((spec) => spec.policyTypes?.length === 2 && spec.policyTypes[0] === spec.policyTypes[1])],
  ['missing rules', policySpec((spec) => !('ingress' in spec))],
  ['null rules', policySpec((spec) => spec.egress === null)],
  ['empty rules', policySpec((spec) => spec.ingress?.length === 0)],
  ['null peers', policySpec((spec) => !!spec.ingress?.some(({ from }) => from === null))],
  ['empty peers', policySpec((spec) => !!spec.egress?.some(({ to }) => to?.length === 0))],
  ['missing ports', policySpec((spec) => !!spec.egress?.some((rule) => !('ports' in rule)))],
  ['empty ports', policySpec((spec) => !!spec.ingress?.some(({ ports }) => ports?.length === 0))],
  ...(['In', 'NotIn', 'Exists', 'DoesNotExist'] as const).map((operator) => {
    return [`operator ${operator}`, (world: World) => JSON.stringify(world.networkPolicies).includes(`"operator":"${operator}"`)] as const;
  }),
  ['an empty value in matchLabels', (world) => /"matchLabels":\{[^}]*:""/.test(JSON.stringify(world.networkPolicies))],
  ['a null value in matchLabels', (world) => /"matchLabels":\{[^}]*:null/.test(JSON.stringify(world.networkPolicies))],
  ['both selectors in one peer', peer((each) => !!each.podSelector && !!each.namespaceSelector)],
  ['a block of IPv4', peer(({ ipBlock }) => !!ipBlock && !ipBlock.cidr.includes(':'))],
  ['a block of IPv6', peer(({ ipBlock }) => !!ipBlock && ipBlock.cidr.includes(':'))],
  ['a block of everything', peer(({ ipBlock }) => !!ipBlock?.cidr.endsWith('/0'))],
  ['a block of one IPv4 address', peer(({ ipBlock }) => !!ipBlock?.cidr.endsWith('.1/32'))],
  ['a block of one IPv6 address', peer(({ ipBlock }) => !!ipBlock?.cidr.endsWith('/128'))],
  ['several exceptions', peer(({ ipBlock }) => new Set(ipBlock?.except ?? []).size > 1)],
  ['an exception twice', peer(({ ipBlock }) => new Set(ipBlock?.except ?? []).size < (ipBlock?.except ?? []).length)],
  ['no exceptions as null', peer(({ ipBlock }) => ipBlock?.except === null)],
  ['a named port', port((item) => typeof item.port === 'string')],
  ['a range', port((item) => typeof item.endPort === 'number' && typeof item.port === 'number' && item.endPort > item.port)],
  ['a range of one', port((item) => typeof item.endPort === 'number' && item.endPort === item.port)],
  ['a port without protocol', port((item) => typeof item.port === 'number' && !('protocol' in item))],
  ['a protocol without port', port((item) => item.protocol === 'SCTP' && !('port' in item))],
  ['an empty port item', port((item) => Object.keys(item).length === 0)],
  ['a pod on the host network', ({ pods }) => pods.some(({ spec }) => spec?.hostNetwork)],
  ['a completed pod', ({ pods }) => pods.some(({ status }) => status?.phase === 'Failed')],
  ['a pod without address', ({ pods }) => pods.some(({ status }) => !status?.podIP && !status?.podIPs)],
  ['a pod with two addresses', ({ pods }) => pods.some(({ status }) => status?.podIPs?.length === 2)],
  ['a pod of a workload', ({ pods }) => pods.some(({ workload }) => workload !== undefined)],
  ['a sidecar', ({ pods }) => pods.some(({ spec }) => spec?.initContainers?.some(({ restartPolicy }) => restartPolicy === 'Always'))],
  ['a node', ({ nodes }) => nodes.length > 0],
  ['a Service', ({ services }) => services.length > 0],
  ['an unreadable policy', ({ unreadable }) => unreadable.length > 0],
  ['a profile that is not the default', ({ profile }) => profile.name !== 'spec'],
];

describe('generated input', () => {
  const worlds = PRESET_NAMES.flatMap((preset) => worldsOf(preset, 80));

  test.each(FORMS)('has %s', (_, holds) => {
    expect(worlds.some(holds)).toBe(true);
    expect(worlds.every(holds)).toBe(false);
  });
});

function policySpec(holds: (spec: NonNullable<World['networkPolicies'][number]['spec']>) => boolean): (world: World) => boolean {
  return ({ networkPolicies }) => networkPolicies.some(({ spec }) => spec && holds(spec));
}

function peer(holds: (peer: ReturnType<typeof rulesOf>[number]['peers'][number]) => boolean): (world: World) => boolean {
  return ({ networkPolicies }) => rulesOf(networkPolicies).some(({ peers }) => peers.some(holds));
}

function port(holds: (port: ReturnType<typeof rulesOf>[number]['ports'][number]) => boolean): (world: World) => boolean {
  return ({ networkPolicies }) => rulesOf(networkPolicies).some(({ ports }) => ports.some(holds));
}

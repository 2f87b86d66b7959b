/**
 * The shape of the policies that Calico's application policy is timed with: ordered rules over IP sets and ports, nearly all of which pass a flow on, and a default deny
 * at the end of the tier. Here they are AdminNetworkPolicies over every pod, in their egress; an IP set is a label that its members carry, and no pod is in two sets.
 */
import type { AdminNetworkPolicyEgressRule, AdminNetworkPolicyObject } from '../../model/resource.ts';
import { list, type Read, record, share, span, whole } from '../fields.ts';
import { defineGenerator, type Parameters, scaled } from '../generator.ts';
import { adminPolicyObject, FIRST_POD_ADDRESS, ipv4, type KubernetesObject, namespaceObject, podObject } from '../objects.ts';
import { createRandom, distinct, type Random } from '../random.ts';

const published = record({
  policies: whole(1, 1000),
  rulesPerPolicy: whole(1, 100),
  ipSetShare: share,
  denyRules: whole(0, 100_000),
  allowRules: whole(0, 100_000),
  /** How many sets have a size of a span. */
  ipSets: list(record({ sizes: span(0, 1_000_000), sets: whole(1, 100_000) })),
  /** Members of all sets together. */
  members: whole(0, 10_000_000),
});

const assumed = record({
  /** Mean size of the sets of each span. Those of the last but one span take what is missing to `members`. */
  meanSizes: list(whole(0, 1_000_000)),
  namespaces: whole(1, 10_000),
  /** Rules without a set name a port of these: one in ten is named by `commonShare` of the rules, evenly, the others by the rest. */
  ports: whole(10, 60_000),
  commonShare: share,
});

type Shape = Parameters<Read<typeof published>, Read<typeof assumed>>;

/** Every destination that a peer can name. */
const ANYWHERE: AdminNetworkPolicyEgressRule['to'] = [{ namespaces: {} }, { networks: ['0.0.0.0/0', '::/0'] }];
const EVERYONE = { namespaces: {} };
const LAST_PRIORITY = 1000;

export const calicoProduction = defineGenerator({
  published,
  assumed,
  problems: ({ published: { ipSets, policies, rulesPerPolicy, denyRules, allowRules, ipSetShare }, assumed: { meanSizes } }) => [
    ...(ipSets.length === meanSizes.length ? [] : ['`assumed.meanSizes`: expected as many sizes as `published.ipSets` has spans']),
    ...(denyRules + allowRules <= policies * rulesPerPolicy ? [] : ['`published.denyRules`: there are fewer rules']),
    ...(ipSets.reduce((sum, { sets }) => sum + sets, 0) <= Math.round(policies * rulesPerPolicy * ipSetShare)
      ? []
      : ['`published.ipSetShare`: fewer rules name a set than there are sets']),
  ],
  sizes: (shape) => ({
    namespaces: shape.assumed.namespaces,
    pods: sizesOf(shape).reduce((sum, size) => sum + size, 0),
    policies: shape.published.policies + 1,
  }),
  scale: (shape, fraction) => smaller(shape, fraction),
  objects: generate,
});

function smaller({ published: shape, assumed: rest }: Shape, fraction: number): Shape {
  const ipSets = shape.ipSets.map(({ sizes, sets }) => ({
    sizes: sets === 1 ? { from: scaled(sizes.from, fraction), to: scaled(sizes.to, fraction) } : sizes,
    sets: scaled(sets, fraction),
  }));
  return {
    published: {
      ...shape,
      policies: scaled(shape.policies, fraction),
      denyRules: scaled(shape.denyRules, fraction),
      ipSets,
      ipSetShare: Math.max(shape.ipSetShare, 0.5),
      members: 0,
    },
    assumed: {
      ...rest,
      meanSizes: rest.meanSizes.map((mean, i) => Math.min(mean, ipSets[i]!.sizes.to)),
      namespaces: scaled(rest.namespaces, fraction),
      ports: Math.max(10, scaled(rest.ports, fraction)),
    },
  };
}

/** Sizes of the sets, span by span: spread evenly around the mean of their span. */
function sizesOf({ published: { ipSets, members }, assumed: { meanSizes } }: Shape): number[] {
  const groups = ipSets.map(({ sizes, sets }, i) => {
    const reach = Math.min(meanSizes[i]! - sizes.from, sizes.to - meanSizes[i]!);
    return Array.from({ length: sets }, (_, j) => meanSizes[i]! + (sets === 1 ? 0 : Math.round(reach * ((2 * j) / (sets - 1) - 1))));
  });
  const total = groups.flat().reduce((sum, size) => sum + size, 0);
  const filler = groups.at(-2);
  // The largest of the span takes the few that rounding has left.
  if (members > 0 && filler !== undefined) filler[filler.length - 1]! += members - total;
  return groups.flat();
}

function* generate(shape: Shape, seed: number): Iterable<KubernetesObject> {
  const { namespaces } = shape.assumed;
  const random = createRandom(seed);
  const sizes = sizesOf(shape);
  for (let i = 0; i < namespaces; i++) yield namespaceObject(`app-${i}`);
  let pod = 0;
  for (const [set, size] of sizes.entries()) {
    for (let i = 0; i < size; i++, pod++) {
      yield podObject({
        namespace: `app-${pod % namespaces}`,
        name: `member-${pod}`,
        labels: { 'ip-set': `set-${set}` },
        addresses: [ipv4(FIRST_POD_ADDRESS, pod)],
      });
    }
  }
  const rules = dealRules(shape, sizes.length, random);
  const { policies, rulesPerPolicy } = shape.published;
  for (let i = 0; i < policies; i++) {
    const egress = rules.slice(i * rulesPerPolicy, (i + 1) * rulesPerPolicy);
    yield adminPolicyObject(`global-${i}`, { priority: i, subject: EVERYONE, egress });
  }
  const last: AdminNetworkPolicyObject['spec'] = { priority: LAST_PRIORITY, subject: EVERYONE, egress: [{ action: 'Deny', to: ANYWHERE }] };
  yield adminPolicyObject('end-of-tier', last);
}

function dealRules({ published: shape, assumed }: Shape, sets: number, random: Random): AdminNetworkPolicyEgressRule[] {
  const total = shape.policies * shape.rulesPerPolicy;
  const withSet = Math.round(total * shape.ipSetShare);
  const named = Array.from({ length: withSet }, (_, i) => (i < sets ? i : random.int(sets)));
  const ports = dealPorts(total - withSet, assumed, random);
  const matches = random.shuffle([
    ...named.map((set) => ({
      to: [{ pods: { namespaceSelector: {}, podSelector: { matchLabels: { 'ip-set': `set-${set}` } } } }],
    })),
    ...ports.map((port) => ({ to: ANYWHERE, ports: [{ portNumber: { protocol: 'TCP' as const, port } }] })),
  ]);
  const actions = random.shuffle([
    ...new Array<'Deny'>(shape.denyRules).fill('Deny'),
    ...new Array<'Allow'>(shape.allowRules).fill('Allow'),
    ...new Array<'Pass'>(total - shape.denyRules - shape.allowRules).fill('Pass'),
  ]);
  return matches.map((match, i) => ({ action: actions[i]!, ...match }));
}

/** One port for each rule: common ones are named by many rules, the others by few. */
function dealPorts(rules: number, { ports, commonShare }: Shape['assumed'], random: Random): number[] {
  const pool = distinct(ports, () => String(1 + random.int(65_535))).map(Number);
  const common = Math.max(1, Math.floor(ports / 10));
  const commonRules = Math.round(rules * commonShare);
  return Array.from({ length: rules }, (_, i) =>
    i < commonRules ? pool[i % common]! : pool[common + ((i - commonRules) % (ports - common))]!,
  );
}

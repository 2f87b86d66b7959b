/**
 * The grammar of generated input: every field of every object in every form that means something of its own, as questions to a world. The fields, forms and values
 * of NetworkPolicy are those of the schema that reads it; for the other kinds `features.test.ts` checks the list against the schemas.
 */

import type { World } from '../../src/fuzz/world.ts';
import { namespace, node, pod, service } from '../../src/input/schemas/core.ts';
import { networkPolicy } from '../../src/input/schemas/network-policy.ts';
import type { Shape } from '../../src/input/shape.ts';

export interface Feature {
  readonly name: string;
  readonly holds: (world: World) => boolean;
}

type Form = 'missing' | 'null' | 'empty' | 'set';

interface SchemaField {
  readonly path: string;
  readonly shape: Shape;
  readonly required: boolean;
}

/** Every field below an object, at any depth. Fields that are known and not read are left out. */
function fieldsOf(shape: Shape, path: string): SchemaField[] {
  if (shape.type === 'list') return fieldsOf(shape.items, `${path}/*`);
  if (shape.type !== 'object') return [];
  return shape.entries.flatMap(({ name, shape: field }) => [
    { path: `${path}/${name}`, shape: field, required: shape.required.includes(name) },
    ...fieldsOf(field, `${path}/${name}`),
  ]);
}

/** Every field that is read of the kinds that the generators make. */
export const SCHEMA_FIELDS: readonly SchemaField[] = Object.entries({
  namespaces: namespace,
  pods: pod,
  nodes: node,
  services: service,
  networkPolicies: networkPolicy,
}).flatMap(([kind, shape]) => fieldsOf(shape, `${kind}/*`));
const POLICY = SCHEMA_FIELDS.filter(({ path }) => path.startsWith('networkPolicies/*/spec'));

/** The forms of an optional field: an object with required fields cannot be empty, nor can a number or one of several words. */
function formsOf(shape: Shape): Form[] {
  const canBeEmpty = shape.type === 'list' || shape.type === 'labels' || (shape.type === 'object' && shape.required.length === 0);
  return ['missing', 'null', ...(canBeEmpty ? (['empty'] as const) : []), 'set'];
}

/** The words that a field can have. */
function wordsOf(shape: Shape): readonly string[] {
  return shape.type === 'enum' ? shape.values : shape.type === 'list' ? wordsOf(shape.items) : [];
}

/** Objects and the fields of each, with the forms to be met. A path ends with the field; `*` stands for the items of a list. */
const FIELDS: readonly (readonly [path: string, ...forms: Form[]])[] = [
  ['namespaces/*/metadata/labels', 'missing', 'empty', 'set'],
  ['pods/*/metadata/namespace', 'missing', 'null', 'empty', 'set'],
  ['pods/*/metadata/labels', 'missing', 'null', 'empty', 'set'],
  ['pods/*/metadata/deletionTimestamp', 'missing', 'set'],
  ['pods/*/spec/nodeName', 'missing', 'set'],
  ['pods/*/spec/hostNetwork', 'missing', 'set'],
  ['pods/*/spec/containers', 'empty', 'set'],
  ['pods/*/spec/containers/*/ports', 'missing', 'null', 'empty', 'set'],
  ['pods/*/spec/containers/*/ports/*/name', 'missing', 'null', 'set'],
  ['pods/*/spec/containers/*/ports/*/protocol', 'missing', 'null', 'set'],
  ['pods/*/spec/initContainers', 'missing', 'null', 'empty', 'set'],
  ['pods/*/spec/initContainers/*/ports', 'missing', 'null', 'empty', 'set'],
  ['pods/*/spec/initContainers/*/ports/*/name', 'missing', 'null', 'set'],
  ['pods/*/spec/initContainers/*/ports/*/protocol', 'missing', 'null', 'set'],
  ['pods/*/spec/initContainers/*/restartPolicy', 'missing', 'null', 'set'],
  ['pods/*/status', 'missing', 'set'],
  ['pods/*/status/phase', 'missing', 'set'],
  ['pods/*/status/podIP', 'missing', 'set'],
  ['pods/*/status/podIPs', 'missing', 'set'],
  ['pods/*/status/hostIP', 'missing', 'set'],
  ['pods/*/status/hostIPs', 'missing', 'set'],
  ['pods/*/workload', 'missing', 'set'],
  ['nodes/*/status', 'missing', 'set'],
  ['services/*/metadata/namespace', 'missing', 'set'],
  ['services/*/spec/clusterIP', 'missing', 'set'],
  ['services/*/spec/clusterIPs', 'missing', 'set'],
  ['services/*/spec/externalIPs', 'missing', 'set'],
  ['services/*/status', 'missing', 'set'],
  ['services/*/status/loadBalancer/ingress', 'set'],
  ['networkPolicies/*/metadata/namespace', 'missing', 'null', 'set'],
  ...POLICY.filter(({ required }) => !required).map(({ path, shape }): [string, ...Form[]] => [path, ...formsOf(shape)]),
  ['nodes/*/metadata/labels', 'missing', 'null', 'empty', 'set'],
  ['adminPolicies', 'empty', 'set'],
  ['adminPolicies/*/spec/subject/namespaces', 'missing', 'empty', 'set'],
  ['adminPolicies/*/spec/subject/pods', 'missing', 'null', 'set'],
  ['adminPolicies/*/spec/subject/pods/namespaceSelector', 'missing', 'null', 'empty', 'set'],
  ['adminPolicies/*/spec/subject/pods/podSelector', 'empty', 'set'],
  ...(['ingress', 'egress'] as const).flatMap((direction): [string, ...Form[]][] => {
    const rules = `adminPolicies/*/spec/${direction}`;
    const peers = `${rules}/*/${direction === 'ingress' ? 'from' : 'to'}`;
    return [
      [rules, 'missing', 'null', 'empty', 'set'],
      [`${rules}/*/name`, 'missing', 'null', 'empty', 'set'],
      [`${rules}/*/protocols`, 'missing', 'null', 'set'],
      [`${rules}/*/ports`, 'missing', 'null', 'set'],
      [`${rules}/*/protocols/*/tcp`, 'missing', 'empty', 'set'],
      [`${rules}/*/protocols/*/tcp/destinationPort`, 'missing', 'null', 'set'],
      [`${rules}/*/protocols/*/tcp/destinationPort/number`, 'missing', 'set'],
      [`${rules}/*/protocols/*/udp`, 'missing', 'set'],
      [`${rules}/*/protocols/*/sctp`, 'missing', 'set'],
      [`${rules}/*/protocols/*/destinationNamedPort`, 'missing', 'set'],
      [`${rules}/*/ports/*/portNumber`, 'missing', 'set'],
      [`${rules}/*/ports/*/portNumber/protocol`, 'missing', 'null', 'set'],
      [`${rules}/*/ports/*/portRange`, 'missing', 'set'],
      [`${rules}/*/ports/*/namedPort`, 'missing', 'set'],
      [`${peers}/*/namespaces`, 'missing', 'empty', 'set'],
      [`${peers}/*/pods`, 'missing', 'set'],
      ...(direction === 'ingress'
        ? []
        : ([
            [`${peers}/*/networks`, 'missing', 'set'],
            [`${peers}/*/nodes`, 'missing', 'empty', 'set'],
            [`${peers}/*/domainNames`, 'missing', 'set'],
          ] as [string, ...Form[]][])),
    ];
  }),
  ['domainNames', 'empty', 'set'],
  ['unreadable', 'empty', 'set'],
  ['unreadable/*/tier', 'missing', 'set'],
  ['unreadable/*/priority', 'missing', 'set'],
  ['unreadable/*/subject', 'missing', 'set'],
  ['unreadable/*/name', 'missing', 'set'],
  ['unreadable/*/namespace', 'missing', 'set'],
  ['unreadable/*/podSelector', 'missing', 'empty', 'set'],
  ['unreadable/*/directions', 'missing', 'set'],
  ['unreadableEnds', 'empty', 'set'],
];

/** The fields of the grammar that the list above or the one below speaks of. */
export const isInGrammar = (path: string): boolean =>
  FIELDS.some(([each]) => each === path) || VALUES.some(([each]) => each === path || each === `${path}/?`);

/** Values that a field can have, and that are read each in a way of its own. */
const VALUES: readonly (readonly [path: string, ...values: readonly unknown[]])[] = [
  ['pods/*/metadata/labels/?', '', null],
  ['pods/*/status/phase', 'Running', 'Pending', 'Unknown', 'Succeeded', 'Failed'],
  ['pods/*/spec/containers/*/ports/*/protocol', 'TCP', 'UDP', 'SCTP'],
  ['pods/*/spec/initContainers/*/restartPolicy', 'Always', 'OnFailure'],
  ['services/*/spec/clusterIP', 'None'],
  ['unreadable/*/kind', 'NetworkPolicy', 'ClusterNetworkPolicy', 'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', '(unreadable)'],
  ['adminPolicies/*/kind', 'ClusterNetworkPolicy', 'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'],
  ['adminPolicies/*/spec/tier', 'Admin', 'Baseline'],
  ['adminPolicies/*/spec/priority', 0, 10, 500, 1000],
  ['adminPolicies/*/spec/ingress/*/action', 'Accept', 'Allow', 'Deny', 'Pass'],
  ['adminPolicies/*/spec/egress/*/action', 'Accept', 'Allow', 'Deny', 'Pass'],
  ['unreadableEnds/*/object/kind', 'Pod', 'Node', 'Service'],
  ...POLICY.filter(({ shape }) => wordsOf(shape).length > 0).map(({ path, shape }): [string, ...unknown[]] => [
    shape.type === 'list' ? `${path}/*` : path,
    ...wordsOf(shape),
  ]),
  ...POLICY.filter(({ shape }) => shape.type === 'labels').map(({ path }): [string, ...unknown[]] => [`${path}/?`, '', null]),
  ...POLICY.filter(({ shape }) => shape.type === 'integerOrString').map(({ path }): [string, ...unknown[]] => [path, 1, 65535]),
  ['profile/ipBlockMatchesPods', true, false],
  ['profile/ipBlockMatchesNodes', true, false],
  ['profile/namedPortDuplicates', 'every', 'first'],
  ['profile/sidecarPorts', true, false],
  ['profile/hostNetwork', 'node', 'pod'],
  ['profile/ownNode', 'allow', 'from-node', 'policy'],
  ['profile/hairpin', 'allow', 'policy'],
  ['profile/hostBits', 'mask', 'reject'],
  ['profile/endPort', 'range', 'ignored'],
  ['profile/otherProtocols', 'error', 'allow'],
];

const BLOCKS = ['networkPolicies/*/spec/ingress/*/from/*/ipBlock', 'networkPolicies/*/spec/egress/*/to/*/ipBlock'];
const PORTS = ['networkPolicies/*/spec/ingress/*/ports/*', 'networkPolicies/*/spec/egress/*/ports/*'];

/** What takes two fields to say. */
const COMBINATIONS: readonly Feature[] = [
  combination(
    'a policy type twice',
    ['networkPolicies/*/spec/policyTypes'],
    (types) => isList(types) && types.length === 2 && types[0] === types[1],
  ),
  combination('both policy types', ['networkPolicies/*/spec/policyTypes'], (types) => isList(types) && new Set(types).size === 2),
  ...(['ingress/*/from', 'egress/*/to'] as const).flatMap((peers) => {
    const direction = peers.split('/')[0];
    const items = (path: string) => [`networkPolicies/*/spec/${path}`];
    return [
      combination(
        `both selectors in one peer of ${direction}`,
        items(`${peers}/*`),
        (each) => !!each?.podSelector && !!each.namespaceSelector,
      ),
      combination(
        `a namespaceSelector beside a null podSelector in ${direction}`,
        items(`${peers}/*`),
        (each) => each?.podSelector === null && !!each.namespaceSelector,
      ),
      combination(
        `a block beside null selectors in ${direction}`,
        items(`${peers}/*`),
        (each) => each?.podSelector === null && !!each.ipBlock,
      ),
      combination(`several peers of ${direction}`, items(peers), (list) => isList(list) && list.length > 1),
      combination(
        `several blocks in one rule of ${direction}`,
        items(peers),
        (list) => isList(list) && list.filter((each) => each.ipBlock).length > 1,
      ),
      combination(`several port items of ${direction}`, items(`${direction}/*/ports`), (list) => isList(list) && list.length > 1),
      combination(`several rules of ${direction}`, items(`${direction}`), (list) => isList(list) && list.length > 1),
    ];
  }),
  ...(['/0', '/8', '/24', '/31', '/32', '/127', '/128'] as const).map((end) =>
    combination(`a block that ends with ${end}`, BLOCKS, (block) => block?.cidr.endsWith(end)),
  ),
  combination('a block of IPv4', BLOCKS, (block) => block && !block.cidr.includes(':')),
  combination('a block of IPv6', BLOCKS, (block) => block?.cidr.includes(':')),
  combination('a block in capitals', BLOCKS, (block) => /[A-F]/.test(block?.cidr ?? '')),
  combination('several exceptions', BLOCKS, (block) => new Set(block?.except ?? []).size > 1),
  combination('an exception twice', BLOCKS, (block) => new Set(block?.except ?? []).size < (block?.except ?? []).length),
  combination('a named port', PORTS, (item) => typeof item?.port === 'string'),
  combination('a range', PORTS, (item) => typeof item?.endPort === 'number' && item.endPort > item.port),
  combination('a range of one', PORTS, (item) => typeof item?.endPort === 'number' && item.endPort === item.port),
  combination('a protocol without port', PORTS, (item) => item?.protocol === 'SCTP' && !('port' in item)),
  combination('an empty port item', PORTS, (item) => item && Object.keys(item).length === 0),
  combination(
    'an unknown peer',
    ['adminPolicies/*/spec/ingress/*/from', 'adminPolicies/*/spec/egress/*/to'],
    (list) => isList(list) && list.some((peer) => Object.keys(peer).length === 0),
  ),
  combination('a domain name without address', ['domainNames/?'], (list) => list?.length === 0),
  combination('a domain name with addresses', ['domainNames/?'], (list) => list?.length > 0),
  combination('a pod without address', ['pods/*'], ({ status }) => !status?.podIP && !status?.podIPs),
  combination('a pod with two addresses', ['pods/*/status/podIPs'], (list) => list?.length === 2),
  combination('a host address in the list only', ['pods/*/status'], (status) => status?.hostIPs && !status.hostIP),
  {
    name: 'an address of two pods',
    holds: ({ pods }) => hasDouble(pods.filter(({ spec }) => !spec?.hostNetwork).map(({ status }) => status?.podIP)),
  },
  {
    name: 'two policies of one priority in a tier',
    holds: ({ adminPolicies }) =>
      hasDouble(
        adminPolicies.flatMap(({ kind, spec }) =>
          'priority' in spec ? [`${'tier' in spec ? spec.tier : kind.slice(0, 5)} ${spec.priority}`] : [],
        ),
      ),
  },
  { name: 'a namespace without object', holds: ({ namespaces }) => namespaces.length < 3 },
  { name: 'the default profile', holds: ({ profile }) => profile.name === 'spec' },
  { name: 'a profile of switches', holds: ({ profile }) => profile.name !== 'spec' },
];

export const FEATURES: readonly Feature[] = [
  ...FIELDS.flatMap(([path, ...forms]) =>
    forms.map((form) => ({
      name: `${path} ${form}`,
      holds: (world: World) => parents(world, path).some(([parent, key]) => hasForm(parent, key, form)),
    })),
  ),
  ...VALUES.flatMap(([path, ...values]) =>
    values.map((value) => ({ name: `${path} = ${JSON.stringify(value)}`, holds: (world: World) => at(world, path).includes(value) })),
  ),
  ...COMBINATIONS,
];

// biome-ignore lint/suspicious/noExplicitAny: walks objects of every kind by the names of their fields
type Any = any;

/** Objects at the path without its last field, and that field. `?` stands for every key. */
function parents(world: World, path: string): (readonly [Any, string])[] {
  const keys = path.split('/');
  let found: Any[] = [world];
  for (const key of keys.slice(0, -1)) {
    found = found.flatMap((each) =>
      key === '*' ? (isList(each) ? each : []) : isObject(each) ? [Object.entries(each).find(([name]) => name === key)?.[1]] : [],
    );
  }
  return found.filter((each) => isObject(each)).map((each) => [each, keys.at(-1) ?? ''] as const);
}

function at(world: World, path: string): Any[] {
  return parents(world, path).flatMap(([parent, key]) =>
    key === '*' || key === '?' ? Object.values(parent) : Object.hasOwn(parent, key) ? [parent[key]] : [],
  );
}

function hasForm(parent: Any, key: string, form: Form): boolean {
  if (!Object.hasOwn(parent, key)) return form === 'missing';
  const value: unknown = parent[key];
  if (value === null) return form === 'null';
  const empty = value === '' || (typeof value === 'object' && Object.keys(value as object).length === 0);
  return form === (empty ? 'empty' : 'set');
}

function combination(name: string, paths: readonly string[], test: (value: Any) => unknown): Feature {
  return { name, holds: (world) => paths.some((path) => at(world, path).some((each) => Boolean(test(each)))) };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isList(value: unknown): value is readonly Any[] {
  return Array.isArray(value);
}

function hasDouble(values: readonly unknown[]): boolean {
  const known = values.filter((value) => value !== undefined);
  return new Set(known).size < known.length;
}

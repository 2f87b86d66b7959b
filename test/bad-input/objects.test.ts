/**
 * Rows 67 to 109 of the catalogue: Kubernetes objects that the API server would not take, or not as they were meant.
 *
 * An object with an error ends `compile` and `inspect`. A question about one connection goes on: what a policy that cannot be read could change is unknown, and the
 * run exits 3. Warnings do not become errors under `--strict`, which is about unknown fields alone.
 */
import { listYaml, ndjson, podObject, policyObject, policyYaml, ruleYaml } from '../input/bad-case.ts';
import { badInput, CANARY, covers, type Row, span } from './row.ts';

const FILE = 'input.yaml';
const GOOD = policyYaml();
const spec = (lines: string): string => policyYaml(`spec:\n  ${lines.replaceAll('\n', '\n  ')}\n`);

function bad(row: number, title: string, text: string, says: Row['says'], mended?: string): Row {
  return {
    row,
    title,
    files: { [FILE]: text },
    exit: 2,
    ...(says === undefined ? {} : { says }),
    ...(mended === undefined ? {} : { mended: { [FILE]: mended } }),
  };
}

/** Read, with every line of stderr said here. */
function good(row: number, title: string, text: string, says: Row['says'] = []): Row {
  return { row, title, files: { [FILE]: text }, exit: 0, says };
}

interface Question {
  readonly from: string;
  readonly to: string;
  readonly says?: Row['says'];
  readonly more?: readonly string[];
  readonly because?: string | RegExp;
}

/** The answer to one question: TCP port 80. */
function answer(
  row: number,
  title: string,
  text: string,
  verdict: 'allow' | 'deny' | 'unknown',
  { from, to, says = [], more = [], because }: Question,
): Row {
  return {
    row,
    title: `${title}: ${from} to ${to} is ${verdict}, and this`,
    files: { [FILE]: text },
    args: ['can-reach', from, to, '--port', '80', ...more, '-f', FILE],
    exit: verdict === 'unknown' ? 3 : 0,
    says,
    // A Service without this port has no protocol for it.
    stdout: [new RegExp(`^.* (?:TCP/|port )80.*: ${verdict.toUpperCase()}`), ...(because === undefined ? [] : [because])],
  };
}

const at = (place: string, message: string): string => `${FILE}:${place}: error: ${message}`;
const warned = (place: string, message: string): string => `${FILE}:${place}: warning: ${message}`;
const P = 'NetworkPolicy shop/p';
const NO_POLICY = 'there is no policy in the input';

const web = podObject({ status: { podIP: '10.0.0.1' } }, { name: 'web', labels: { app: 'web' } });
const db = podObject({ status: { podIP: '10.0.0.2' } }, { name: 'db', labels: { app: 'db', tier: '' } });
const DENY_ALL = policyObject({ podSelector: {} });
const ALLOW_WEB = policyObject({ podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }] });
const pods = (...others: readonly object[]): string => ndjson(web, db, ...others);
const toDb = { from: 'shop/web', to: 'shop/db' } as const;
const fromOutside = { from: '192.0.2.1', to: 'shop/db' } as const;

const KIND_ROWS: readonly Row[] = [
  bad(
    67,
    'networking.k8s.io/v2',
    GOOD.replace('/v1', '/v2'),
    at(
      '1:1',
      `the version \`networking.k8s.io/v2\` of NetworkPolicy is not supported, expected \`networking.k8s.io/v1\` (${P}, apiVersion)`,
    ),
    GOOD,
  ),
  answer(67, 'networking.k8s.io/v2', `${listYaml(JSON.stringify(web), JSON.stringify(db), GOOD.replace('/v1', '/v2'))}`, 'unknown', {
    ...toDb,
    says: 'is not supported',
    because: /not supported/,
  }),
  bad(67, 'no version', GOOD.slice(GOOD.indexOf('\n') + 1), '`apiVersion` is missing, expected `networking.k8s.io/v1`', GOOD),
  bad(
    67,
    'a kind in lower case',
    GOOD.replace('kind: NetworkPolicy', 'kind: networkpolicy'),
    [at('2:1', 'the kind `networkpolicy` is unknown'), 'did you mean `NetworkPolicy`?'],
    GOOD,
  ),
  bad(67, 'a kind that is empty', GOOD.replace('kind: NetworkPolicy', 'kind: ""'), at('1:1', '`kind` is missing'), GOOD),
  bad(67, 'a kind that is null', GOOD.replace('kind: NetworkPolicy', 'kind:'), at('1:1', '`kind` is missing'), GOOD),
  bad(
    67,
    'a kind that is a list',
    GOOD.replace('kind: NetworkPolicy', 'kind: [NetworkPolicy]'),
    '`apiVersion` and `kind` must be text',
    GOOD,
  ),
  // Refused: no API server has served it since 1.16, and its meaning was another.
  bad(
    68,
    'extensions/v1beta1',
    GOOD.replace('networking.k8s.io/v1', 'extensions/v1beta1'),
    at('1:1', 'the version `extensions/v1beta1` of NetworkPolicy is not supported, expected `networking.k8s.io/v1`'),
    GOOD,
  ),
  bad(
    69,
    '`ingres:`',
    spec('podSelector: {}\ningres: []'),
    [
      at(
        '8:3',
        `the field \`ingres\` is unknown: the API server would drop it, and the object would mean something else (${P}, spec.ingres)`,
      ),
      'did you mean `ingress`?',
    ],
    spec('podSelector: {}\ningress: []'),
  ),
  bad(
    69,
    '`matchLabel:`',
    ruleYaml('from:\n- namespaceSelector:\n    matchLabel: {a: b}'),
    [at('11:9', 'the field `matchLabel` is unknown'), 'did you mean `matchLabels`?'],
    ruleYaml('from:\n- namespaceSelector:\n    matchLabels: {a: b}'),
  ),
  bad(
    69,
    '`namespce:`',
    GOOD.replace('namespace:', 'namespce:'),
    [at('5:3', 'the field `namespce` is unknown'), 'did you mean `namespace`?'],
    GOOD,
  ),
  bad(69, '`Spec:`', GOOD.replace('spec:', 'Spec:'), [at('6:1', 'the field `Spec` is unknown'), 'did you mean `spec`?'], GOOD),
  bad(
    69,
    'a mistyped `items:`',
    listYaml(GOOD).replace('items:', 'itmes:'),
    [at('3:1', 'a list has no field `itmes`'), 'did you mean `items`?'],
    listYaml(GOOD),
  ),
  answer(69, '`ingres:` with a rule', listYaml(JSON.stringify(web), JSON.stringify(db), spec('podSelector: {}\ningres: [{}]')), 'unknown', {
    ...toDb,
    says: 'the field `ingres` is unknown',
  }),
  bad(70, 'no name', GOOD.replace('  name: p\n', ''), at('3:1', '`name` is missing (metadata.name)'), GOOD),
  bad(70, 'no metadata', GOOD.replace(/metadata:\n.*\n.*\nspec/, 'spec'), at('1:1', '`metadata` is missing'), GOOD),
  bad(70, 'a name that is empty', GOOD.replace('name: p', 'name: ""'), at('4:3', 'a name must not be empty'), GOOD),
  // `default` is kubectl's reading without a context. Where nothing has a namespace it cannot matter; where others have one it is said.
  good(70, 'no namespace anywhere', GOOD.replace('  namespace: shop\n', '')),
  good(70, 'no namespace where others have one', `${GOOD}---\n${GOOD.replace('  namespace: shop\n', '')}`, [
    warned(
      '9:1',
      'one object has no namespace and is taken to be in `default`, while another one has one (NetworkPolicy default/p, metadata)',
    ),
    'write `namespace`',
  ]),
  bad(
    71,
    'two different policies of one name',
    ndjson(DENY_ALL, ALLOW_WEB),
    at('2:1', `another object of this name with other content is at ${FILE}:1:1; neither is used (${P}, metadata.name)`),
    ndjson(DENY_ALL, { ...ALLOW_WEB, metadata: { name: 'q', namespace: 'shop' } }),
  ),
  answer(71, 'two different policies of one name', pods(DENY_ALL, ALLOW_WEB), 'unknown', {
    ...toDb,
    says: 'neither is used',
    because: 'two different objects have its name',
  }),
  bad(
    71,
    'two different pods of one name',
    pods(podObject({}, { name: 'db', labels: { app: 'web' } })),
    at('3:1', 'another object of this name with other content'),
    pods(),
  ),
  good(71, 'the same policy twice', ndjson(DENY_ALL, DENY_ALL), warned('2:1', `the object is also at ${FILE}:1:1, with the same content`)),
];

const isIn = (text: string): string => listYaml(JSON.stringify(web), JSON.stringify(db), text);

const POLICY_ROWS: readonly Row[] = [
  good(72, 'a selector that is null', spec('podSelector:'), [
    warned('7:3', '`podSelector` is null and selects every pod of the namespace'),
    'write `podSelector: {}`',
  ]),
  answer(72, 'a selector that is null', isIn(spec('podSelector:')), 'deny', { ...toDb, says: '`podSelector` is null' }),
  answer(72, 'a selector that is missing', isIn(spec('policyTypes: [Ingress]')), 'deny', toDb),
  answer(72, 'a selector that is empty', isIn(spec('podSelector: {}')), 'deny', toDb),
  answer(73, '`ingress: null`', isIn(spec('podSelector: {}\ningress: null')), 'deny', toDb),
  answer(73, '`ingress: []`', isIn(spec('podSelector: {}\ningress: []')), 'deny', toDb),
  answer(73, '`ingress: [{}]`', isIn(spec('podSelector: {}\ningress: [{}]')), 'allow', toDb),
  bad(
    73,
    '`ingress: [null]`',
    spec('podSelector: {}\ningress: [null]'),
    at('8:13', `a list item is empty (null) (${P}, spec.ingress[0])`),
    spec('podSelector: {}\ningress: [{}]'),
  ),
  bad(
    73,
    '`ingress: {}`',
    spec('podSelector: {}\ningress: {}'),
    at('8:3', 'found a mapping, expected a list'),
    spec('podSelector: {}\ningress: [{}]'),
  ),
  answer(74, '`from: []`', isIn(ruleYaml('from: []')), 'allow', {
    ...fromOutside,
    says: 'an empty `from` is no restriction: the rule matches every peer, outside the cluster too',
  }),
  answer(74, '`from:` with nothing behind it', isIn(ruleYaml('from:')), 'allow', {
    ...fromOutside,
    says: 'an empty `from` is no restriction',
  }),
  answer(74, 'no `from`', isIn(ruleYaml('ports: [{port: 80}]')), 'allow', fromOutside),
  good(74, '`ports: []`', ruleYaml('ports: []'), [
    warned('9:5', 'an empty `ports` is no restriction: the rule matches every port'),
    'when every port is meant, leave it out',
  ]),
  bad(
    75,
    'a peer `{}`',
    ruleYaml('from:\n- {}'),
    [
      at('10:7', `the peer names nothing, expected \`podSelector\`, \`namespaceSelector\` or \`ipBlock\` (${P}, spec.ingress[0].from[0])`),
      'for every peer, leave the list out',
    ],
    ruleYaml('from:\n- podSelector: {}'),
  ),
  bad(
    75,
    'a peer whose selector is null',
    ruleYaml('from:\n- podSelector:'),
    at('10:7', 'the peer names nothing'),
    ruleYaml('from:\n- podSelector: {}'),
  ),
  bad(
    76,
    'a peer of ipBlock and podSelector',
    ruleYaml('from:\n- podSelector: {}\n  ipBlock: {cidr: 10.0.0.0/8}'),
    [at('10:7', '`ipBlock` and `podSelector` are in one peer, expected one or the other'), 'write two list items'],
    ruleYaml('from:\n- podSelector: {}\n- ipBlock: {cidr: 10.0.0.0/8}'),
  ),
  bad(
    76,
    'a peer of ipBlock and namespaceSelector',
    ruleYaml('from:\n- namespaceSelector: {}\n  ipBlock: {cidr: 10.0.0.0/8}'),
    at('10:7', '`ipBlock` and `namespaceSelector` are in one peer'),
    ruleYaml('from:\n- namespaceSelector: {}\n- ipBlock: {cidr: 10.0.0.0/8}'),
  ),
  answer(
    77,
    '`policyTypes: []` with egress rules',
    isIn(spec('podSelector: {}\npolicyTypes: []\negress: [{to: [{podSelector: {matchLabels: {app: web}}}]}]')),
    'deny',
    { from: 'shop/web', to: '192.0.2.1' },
  ),
  answer(77, '`policyTypes: []` without egress rules', isIn(spec('podSelector: {}\npolicyTypes: []')), 'allow', {
    from: 'shop/web',
    to: '192.0.2.1',
  }),
  bad(
    77,
    '`policyTypes: [ingress]`',
    spec('podSelector: {}\npolicyTypes: [ingress]'),
    [at('8:17', `found \`ingress\`, expected \`Ingress\` or \`Egress\` (${P}, spec.policyTypes[0])`), 'did you mean `Ingress`?'],
    spec('podSelector: {}\npolicyTypes: [Ingress]'),
  ),
  bad(
    77,
    '`policyTypes: [Forward]`',
    spec('podSelector: {}\npolicyTypes: [Forward]'),
    at('8:17', 'found `Forward`, expected `Ingress` or `Egress`'),
    spec('podSelector: {}\npolicyTypes: [Egress]'),
  ),
  bad(
    77,
    '`policyTypes: Ingress`',
    spec('podSelector: {}\npolicyTypes: Ingress'),
    at('8:3', 'found the text `Ingress`, expected a list'),
    spec('podSelector: {}\npolicyTypes: [Ingress]'),
  ),
  bad(
    77,
    'three policy types',
    spec('podSelector: {}\npolicyTypes: [Ingress, Egress, Ingress]'),
    at('8:3', 'found 3 entries, at most 2 are allowed'),
    spec('podSelector: {}\npolicyTypes: [Ingress, Egress]'),
  ),
  good(
    77,
    '`policyTypes: [Ingress, Ingress]`',
    spec('podSelector: {}\npolicyTypes: [Ingress, Ingress]'),
    warned('8:3', '`Ingress` is written twice'),
  ),
  answer(
    78,
    'egress rules of a policy for ingress',
    isIn(spec('podSelector: {}\npolicyTypes: [Ingress]\negress: [{to: [{podSelector: {}}]}]')),
    'allow',
    { from: 'shop/web', to: '192.0.2.1', says: '`policyTypes` does not hold `Egress`: the egress rules have no effect' },
  ),
  answer(
    78,
    'ingress rules of a policy for egress',
    isIn(spec('podSelector: {}\npolicyTypes: [Egress]\ningress: [{from: [{podSelector: {matchLabels: {app: x}}}]}]\negress: [{}]')),
    'allow',
    { ...toDb, says: '`policyTypes` does not hold `Ingress`: the ingress rules have no effect' },
  ),
];

const expression = (line: string): string => spec(`podSelector:\n  matchExpressions:\n  - ${line}`);
const matchLabel = (line: string): string => spec(`podSelector:\n  matchLabels:\n    ${line}`);

const SELECTOR_ROWS: readonly Row[] = [
  bad(
    79,
    'the operator `in`',
    expression('{key: a, operator: in, values: [x]}'),
    [/^input\.yaml:9:\d+: error: found `in`, expected `In` or `NotIn` or `Exists` or `DoesNotExist`/m, 'did you mean `In`?'],
    expression('{key: a, operator: In, values: [x]}'),
  ),
  bad(
    79,
    'the operator `Gt`',
    expression('{key: a, operator: Gt, values: ["1"]}'),
    /error: found `Gt`, expected `In`/,
    expression('{key: a, operator: In, values: ["1"]}'),
  ),
  bad(
    79,
    '`In` without values',
    expression('{key: a, operator: In}'),
    at('9:7', 'the operator `In` needs at least one value in `values`'),
    expression('{key: a, operator: Exists}'),
  ),
  bad(
    79,
    '`Exists` with values',
    expression('{key: a, operator: Exists, values: [x]}'),
    /^input\.yaml:9:\d+: error: the operator `Exists` takes no values, found 1/m,
    expression('{key: a, operator: Exists, values: []}'),
  ),
  bad(
    79,
    '`DoesNotExist` with values',
    expression('{key: a, operator: DoesNotExist, values: [a, b]}'),
    /error: the operator `DoesNotExist` takes no values, found 2/,
    expression('{key: a, operator: DoesNotExist}'),
  ),
  bad(
    79,
    'no operator',
    expression('{key: a}'),
    /^input\.yaml:9:\d+: error: `operator` is missing/m,
    expression('{key: a, operator: Exists}'),
  ),
  bad(
    79,
    'no key',
    expression('{operator: Exists}'),
    /^input\.yaml:9:\d+: error: `key` is missing/m,
    expression('{key: a, operator: Exists}'),
  ),
  bad(
    80,
    'an empty list of `In`',
    expression('{key: a, operator: In, values: []}'),
    at('9:7', 'the operator `In` needs at least one value in `values`'),
    expression('{key: a, operator: In, values: [""]}'),
  ),
  bad(
    80,
    'an empty list of `NotIn`',
    expression('{key: a, operator: NotIn, values: []}'),
    at('9:7', 'the operator `NotIn` needs at least one value in `values`'),
    expression('{key: a, operator: NotIn, values: [x]}'),
  ),
  bad(
    81,
    'a label key of 64 characters',
    matchLabel(`${'a'.repeat(64)}: x`),
    at('9:7', 'the name part of the label key'),
    matchLabel(`${'a'.repeat(63)}: x`),
  ),
  bad(81, 'a label key with a space', matchLabel('a b: x'), at('9:7', 'the label key `a b` is not letters, digits'), matchLabel('a_b: x')),
  bad(
    81,
    'a label key with two slashes',
    matchLabel('a/b/c: x'),
    at('9:7', 'the label key `a/b/c` is not letters, digits'),
    matchLabel('a/b: x'),
  ),
  bad(
    81,
    'a label key whose prefix is no DNS name',
    matchLabel('Example.com/a: x'),
    at('9:7', 'the label key `Example.com/a` has a prefix that is not a DNS name'),
    matchLabel('example.com/A: x'),
  ),
  bad(
    81,
    'a label key without a name',
    matchLabel('example.com/: x'),
    at('9:7', 'the label key `example.com/` has no name'),
    matchLabel('example.com/a: x'),
  ),
  bad(81, 'a label key that is empty', matchLabel('"": x'), at('9:7', 'the label key `` has no name'), matchLabel('a: x')),
  bad(
    81,
    'a label value of 64 characters',
    matchLabel(`a: ${'x'.repeat(64)}`),
    at('9:7', 'the label value'),
    matchLabel(`a: ${'x'.repeat(63)}`),
  ),
  bad(
    81,
    'a label value with a space',
    matchLabel('a: x y'),
    at('9:7', 'the label value `x y` is not letters, digits'),
    matchLabel('a: x.y'),
  ),
  bad(
    81,
    'a label value that ends with a dash',
    matchLabel('a: x-'),
    at('9:7', 'the label value `x-` is not letters, digits'),
    matchLabel('a: x-y'),
  ),
  bad(
    81,
    'a label of a pod with a space',
    JSON.stringify(podObject({}, { labels: { a: 'x y' } })),
    /error: the label value `x y` is not letters, digits.* \(Pod shop\/a, metadata\.labels\.a\)/,
    JSON.stringify(podObject({}, { labels: { a: 'x_y' } })),
  ),
  bad(
    81,
    'a value of `In` with a space',
    expression('{key: a, operator: In, values: [x y]}'),
    /^input\.yaml:9:\d+: error: the label value `x y` is not letters, digits/m,
    expression('{key: a, operator: In, values: [xy]}'),
  ),
  // `tier: ""` of the pod db is there and empty; the pod web does not have it.
  answer(82, 'a selector of an empty value', isIn(spec('podSelector:\n  matchLabels: {tier: ""}')), 'deny', toDb),
  answer(82, 'a selector of an empty value', isIn(spec('podSelector:\n  matchLabels: {tier: ""}')), 'allow', {
    from: 'shop/db',
    to: 'shop/web',
  }),
];

const inBank = podObject({ status: { podIP: '10.0.1.1' } }, { name: 'till', namespace: 'bank' });
const byTeam = policyObject({ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'money' } } }] }] });
const byName = policyObject({
  podSelector: {},
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'bank' } } }] }],
});
const namespace = (name: string, metadata: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, ...metadata },
});
const fromBank = { from: 'bank/till', to: 'shop/db' } as const;
const twin = podObject({ status: { podIP: '10.0.0.1' } }, { name: 'twin', labels: { app: 'other' } });
const dual = podObject({ status: { podIP: '10.0.0.3', podIPs: [{ ip: '10.0.0.3' }, { ip: 'fd00::3' }] } }, { name: 'dual' });
const outsideDual = podObject(
  { status: { podIP: '10.9.0.1', podIPs: [{ ip: '10.9.0.1' }, { ip: 'fd00::9' }] } },
  { name: 'other', namespace: 'bank' },
);
const FOUR_ONLY = policyObject({ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] });
const onNode = podObject(
  { spec: { hostNetwork: true, nodeName: 'n1' }, status: { podIP: '10.1.0.1', hostIP: '10.1.0.1' } },
  { name: 'agent' },
);
const service = (rest: object): object => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'svc', namespace: 'shop' }, spec: rest });

const CLUSTER_ROWS: readonly Row[] = [
  // A namespace exists as soon as something is in it, with the label of its name and no other; said where a policy selects by other labels.
  answer(83, 'a pod in a namespace that no object describes', pods(inBank, byTeam), 'deny', {
    ...fromBank,
    says: [
      'the namespace `bank` is not in the input: it is taken to have no label but its name',
      'the namespace `shop` is not in the input',
    ],
  }),
  answer(83, 'a pod in a namespace that no object describes, selected by name', pods(inBank, byName), 'allow', fromBank),
  answer(
    83,
    'a pod in a namespace that an object describes',
    pods(inBank, byTeam, namespace('shop'), namespace('bank', { labels: { team: 'money' } })),
    'allow',
    fromBank,
  ),
  answer(84, 'a pod without an address', ndjson(podObject({}, { name: 'web', labels: { app: 'web' } }), db, ALLOW_WEB), 'allow', toDb),
  answer(84, 'a pod without an address and a policy of addresses', ndjson(podObject({}, { name: 'web' }), db, FOUR_ONLY), 'deny', toDb),
  answer(84, 'an address of two running pods', pods(twin, ALLOW_WEB), 'unknown', {
    from: '10.0.0.1',
    to: 'shop/db',
    says: warned('3:1', 'the address `10.0.0.1` also belongs to the pod shop/web at input.yaml:1:1'),
    because: 'shop/twin to shop/db: deny, but shop/web to shop/db: allow',
  }),
  answer(84, 'an address of two running pods, one of them by name', pods(twin, ALLOW_WEB), 'allow', {
    ...toDb,
    says: 'the address `10.0.0.1` also belongs',
  }),
  answer(
    85,
    'a completed pod with the address of a running one',
    pods({ ...twin, status: { podIP: '10.0.0.1', phase: 'Succeeded' } }, ALLOW_WEB),
    'allow',
    { from: '10.0.0.1', to: 'shop/db' },
  ),
  answer(
    85,
    'a failed pod with the address of a running one',
    pods({ ...twin, status: { podIP: '10.0.0.1', phase: 'Failed' } }, ALLOW_WEB),
    'allow',
    { from: '10.0.0.1', to: 'shop/db' },
  ),
  // The answer itself is the note.
  answer(86, 'a host-network pod that a policy selects', pods(onNode, DENY_ALL), 'allow', {
    from: 'shop/web',
    to: 'shop/agent',
    because: 'not a pod that policies apply to',
  }),
  answer(86, 'a pod beside it', pods(onNode, DENY_ALL), 'deny', toDb),
  answer(87, 'two pods of two families and a policy of one', ndjson(dual, outsideDual, FOUR_ONLY), 'allow', {
    from: 'bank/other',
    to: 'shop/dual',
    more: ['--family', '4'],
  }),
  answer(87, 'two pods of two families and a policy of one', ndjson(dual, outsideDual, FOUR_ONLY), 'deny', {
    from: 'bank/other',
    to: 'shop/dual',
    more: ['--family', '6'],
  }),
  answer(87, 'two pods of two families, none named', ndjson(dual, outsideDual, FOUR_ONLY), 'unknown', {
    from: 'bank/other',
    to: 'shop/dual',
    because: /IPv4|family|10\.0\.0\.3/,
  }),
  good(88, 'a namespace that is being deleted', JSON.stringify(namespace('shop', { deletionTimestamp: '2024-01-01T00:00:00Z' })), [
    /^input\.yaml:1:\d+: warning: the namespace is being deleted: its policies may go before its pods do/m,
    NO_POLICY,
  ]),
  answer(
    89,
    'a namespace without the label of its name',
    pods(inBank, byName, namespace('bank', { labels: { a: 'b' } }), namespace('shop')),
    'allow',
    fromBank,
  ),
  bad(
    89,
    'a namespace with the name label of another',
    JSON.stringify(namespace('shop', { labels: { 'kubernetes.io/metadata.name': 'bank' } })),
    /error: found `bank`, expected `shop`: the control plane sets this label from the name \(Namespace shop, metadata\.labels\[kubernetes\.io\/metadata\.name\]\)/,
    JSON.stringify(namespace('shop', { labels: { 'kubernetes.io/metadata.name': 'shop' } })),
  ),
  answer(
    89,
    'a namespace with the name label of another, and a policy of labels',
    pods(inBank, byTeam, namespace('bank', { labels: { 'kubernetes.io/metadata.name': 'shop', team: 'money' } }), namespace('shop')),
    'unknown',
    { ...fromBank, says: 'expected `bank`', because: 'could not be read' },
  ),
  answer(91, 'a Service without a selector', pods(service({ clusterIP: '10.96.0.1', ports: [{ port: 80 }] }), DENY_ALL), 'unknown', {
    from: 'shop/web',
    to: '10.96.0.1',
    because: /Service/,
  }),
  answer(91, 'a headless Service', pods(service({ clusterIP: 'None', ports: [{ port: 80 }] }), ALLOW_WEB), 'allow', toDb),
  { ...answer(91, 'an ExternalName Service', pods(service({ type: 'ExternalName' }), ALLOW_WEB), 'allow', toDb) },
];

const other = (apiVersion: string, kind: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a, annotations: {secret: ${CANARY}}}\nspec: {}\n`;

const OTHER_ROWS: readonly Row[] = [
  ...[
    ['security.istio.io/v1', 'AuthorizationPolicy'],
    ['crd.antrea.io/v1beta1', 'ClusterNetworkPolicy'],
    ['projectcalico.org/v3', 'GlobalNetworkPolicy'],
    ['projectcalico.org/v3', 'NetworkPolicy'],
    ['cilium.io/v2', 'CiliumNetworkPolicy'],
  ].map(([apiVersion = '', kind = '']) =>
    good(109, `a ${kind} of ${apiVersion} in the folder`, `${GOOD}---\n${other(apiVersion, kind)}`, [
      warned('9:1', `one object of kind \`${kind}\` could change verdicts and is not taken into account`),
      new RegExp(`^netpolsim: .*1 ${kind}`, 'm'),
    ]),
  ),
  good(109, 'a Gateway in the folder', `${GOOD}---\n${other('gateway.networking.k8s.io/v1', 'Gateway')}`, /^netpolsim: .*1 Gateway/m),
];

/** A tenth of row 92 in each dimension, as NDJSON. The whole of it, 100,000 pods and 10,000 policies, took 24.5 s and 743 MB where it was measured: too long for every run. */
const LARGE = [
  ...Array.from({ length: 10_000 }, (_, i) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `p${i}`, namespace: `n${i % 100}`, labels: { app: `a${i % 50}` } },
    status: { podIP: `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}` },
  })),
  ...Array.from({ length: 1000 }, (_, i) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `q${i}`, namespace: `n${i % 100}` },
    spec: {
      podSelector: { matchLabels: { app: `a${i % 50}` } },
      ingress: [
        {
          from: [{ podSelector: { matchLabels: { app: `a${(i * 7) % 50}` } } }, { ipBlock: { cidr: `10.0.${i & 255}.0/24` } }],
          ports: [{ port: 1 + i }],
        },
      ],
    },
  })),
];

const LARGE_ROWS: readonly Row[] = [
  {
    row: 92,
    title: '10,000 pods and 1,000 policies in a heap of 256 MB',
    files: { 'input.ndjson': LARGE.map((object) => JSON.stringify(object)).join('\n') },
    env: { NODE_OPTIONS: '--max-old-space-size=256' },
    exit: 0,
    stdout: '1,000 NetworkPolicy, 10,000 Pod',
  },
];

const ROWS = [...KIND_ROWS, ...POLICY_ROWS, ...SELECTOR_ROWS, ...CLUSTER_ROWS, ...LARGE_ROWS, ...OTHER_ROWS];

badInput('Kubernetes objects', ROWS);
const DIALECT = 'the dialect does not exist here: objects of its kinds are counted and named in a warning (row 109)';
covers(ROWS, span(67, 109), {
  90: 'verdicts are asked about pods and ports after translation: the end of a flow cannot be a Service (an address of one is row 91)',
  ...Object.fromEntries(span(93, 108).map((row) => [row, DIALECT])),
});

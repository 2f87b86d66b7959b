/**
 * Objects that the API server would reject, or accept although they are probably not meant: what is said, and at which field.
 */
import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import { escapeControls } from '../../../src/lib/quote.ts';
import { findings, findingsOf, podWith, policyWith } from './helpers.ts';

const ingress = (...lines: string[]): string => policyWith('podSelector: {}', 'ingress:', ...lines);
/** One rule with one port. The port's first key is at 7:14. */
const port = (text: string): string => ingress(`- ports: [{${text}}]`);
/** One rule with one peer. */
const from = (text: string): string => ingress(`- from: [{${text}}]`);

type Row = readonly [title: string, text: string, expected: readonly string[]];

const PORTS: readonly Row[] = [
  ['0', port('port: 0'), ['7:14 error invalid-port spec.ingress[0].ports[0].port']],
  ['65536', port('port: 65536'), ['7:14 error invalid-port spec.ingress[0].ports[0].port']],
  ['-1', port('port: -1'), ['7:14 error invalid-port spec.ingress[0].ports[0].port']],
  ['1 and 65535', ingress('- ports: [{port: 1}, {port: 65535}]'), []],
  ['80.5', port('port: 80.5'), ['7:14 error ambiguous-value spec.ingress[0].ports[0].port']],
  ['true', port('port: true'), ['7:14 error wrong-type spec.ingress[0].ports[0].port']],
  ['a list', port('port: [80]'), ['7:14 error wrong-type spec.ingress[0].ports[0].port']],
  ['the empty text', port('port: ""'), ['7:14 error invalid-port spec.ingress[0].ports[0].port']],
  ['a text with a space', port('port: " 80"'), ['7:14 error invalid-port spec.ingress[0].ports[0].port']],
  ['80abc', port('port: 80abc'), []],
  ['a number in quotes', port('port: "80"'), ['7:14 error invalid-port spec.ingress[0].ports[0].port']],
  ['16 characters', port('port: abcdefghijklmnop'), ['7:14 error invalid-port spec.ingress[0].ports[0].port']],
  ['capitals', port('port: Http'), ['7:14 error invalid-port spec.ingress[0].ports[0].port']],
  ['two dashes', port('port: a--b'), ['7:14 error invalid-port spec.ingress[0].ports[0].port']],
  ['no letter', port('port: 1-2'), ['7:14 error invalid-port spec.ingress[0].ports[0].port']],
  ...['0100', '0o17', '0x50', '1_000', '1e3', '80.0', '+80'].map((text): Row => {
    return [`the odd spelling ${text}`, port(`port: ${text}`), ['7:14 error ambiguous-value spec.ingress[0].ports[0].port']];
  }),
  ['12:30', port('port: 12:30'), ['7:14 error invalid-port spec.ingress[0].ports[0].port']],
  ['null', port('port: null, protocol: UDP'), ['7:14 warning null-port spec.ingress[0].ports[0].port']],
  ['endPort less than port', port('port: 80, endPort: 79'), ['7:24 error invalid-end-port spec.ingress[0].ports[0].endPort']],
  ['endPort equal to port', port('port: 80, endPort: 80'), []],
  ['endPort too large', port('port: 80, endPort: 65536'), ['7:24 error invalid-end-port spec.ingress[0].ports[0].endPort']],
  ['endPort of a name', port('port: http, endPort: 90'), ['7:26 error invalid-end-port spec.ingress[0].ports[0].endPort']],
  ['endPort alone', port('endPort: 90'), ['7:14 error invalid-end-port spec.ingress[0].ports[0].endPort']],
  ['the protocol tcp', port('protocol: tcp'), ['7:14 error invalid-value spec.ingress[0].ports[0].protocol']],
  ['the protocol ICMP', port('protocol: ICMP'), ['7:14 error invalid-value spec.ingress[0].ports[0].protocol']],
  ['the protocol 6', port('protocol: 6'), ['7:14 error wrong-type spec.ingress[0].ports[0].protocol']],
  ['the empty protocol', port('protocol: ""'), ['7:14 error invalid-value spec.ingress[0].ports[0].protocol']],
  ['SCTP', port('protocol: SCTP'), []],
];

const PEERS: readonly Row[] = [
  ['nothing', from(''), ['7:12 error empty-peer spec.ingress[0].from[0]']],
  ['two things', from('ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}'), ['7:12 error ambiguous-peer spec.ingress[0].from[0]']],
  ['two selectors', from('namespaceSelector: {}, podSelector: {}'), []],
  ['an unknown field', from('podSelectors: {}'), ['7:13 error unknown-field spec.ingress[0].from[0].podSelectors']],
  ['an empty list', ingress('- from: []'), ['7:5 warning empty-peers spec.ingress[0].from']],
  ['a null item', ingress('- from: [null]'), ['7:12 error null-entry spec.ingress[0].from[0]']],
  ['a selector that is a list', from('podSelector: [a]'), ['7:13 error wrong-type spec.ingress[0].from[0].podSelector']],
];

const cidr = (text: string): string => from(`ipBlock: {cidr: ${text}}`);
const except = (block: string, ...texts: string[]): string => from(`ipBlock: {cidr: ${block}, except: [${texts.join(', ')}]}`);
const AT_CIDR = 'spec.ingress[0].from[0].ipBlock.cidr';
const AT_EXCEPT = 'spec.ingress[0].from[0].ipBlock.except[0]';

const CIDRS: readonly Row[] = [
  ...[
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/',
    '10.0.0/8',
    '010.0.0.1/8',
    '0x0a.0.0.1/8',
    '"１0.0.0.0/8"',
    '""',
    'fe80::1%eth0/64',
    '2001:db8::/129',
    '10.0.0.0/08',
    'web',
  ].map((text): Row => [text, cidr(text), [`7:23 error invalid-cidr ${AT_CIDR}`]]),
  ['an IPv4 range as IPv6', cidr('"::ffff:10.0.0.0/104"'), [`7:23 error invalid-cidr ${AT_CIDR}`]],
  ['host bits', cidr('10.161.0.0/8'), [`7:23 warning cidr-host-bits ${AT_CIDR}`]],
  ['everything', ingress('- from: [{ipBlock: {cidr: 0.0.0.0/0}}, {ipBlock: {cidr: "::/0"}}]'), []],
  ['no cidr', from('ipBlock: {except: []}'), [`7:13 error missing-field ${AT_CIDR}`]],
  ['an exception outside', except('10.0.0.0/8', '11.0.0.0/16'), [`7:50 error invalid-except ${AT_EXCEPT}`]],
  ['an exception that is wider', except('10.0.0.0/8', '0.0.0.0/0'), [`7:50 error invalid-except ${AT_EXCEPT}`]],
  ['an exception that is all of it', except('10.0.0.0/8', '10.0.0.0/8'), [`7:50 error invalid-except ${AT_EXCEPT}`]],
  ['an exception of the other family', except('10.0.0.0/8', '"fd00::/16"'), [`7:50 error invalid-except ${AT_EXCEPT}`]],
  ['an empty exception', except('10.0.0.0/8', '""'), [`7:50 error invalid-cidr ${AT_EXCEPT}`]],
  ['exceptions that repeat and nest', except('10.0.0.0/8', '10.1.0.0/16', '10.1.0.0/16', '10.1.2.0/24'), []],
  [
    'null exceptions',
    from('ipBlock: {cidr: 10.0.0.0/8, except: null}'),
    ['7:41 warning null-except spec.ingress[0].from[0].ipBlock.except'],
  ],
];

const expression = (text: string): string => policyWith(`podSelector: {matchExpressions: [{${text}}]}`);
const AT_EXPRESSION = 'spec.podSelector.matchExpressions[0]';

const SELECTORS: readonly Row[] = [
  ['operator in', expression('key: a, operator: in, values: [b]'), [`5:45 error invalid-value ${AT_EXPRESSION}.operator`]],
  ['operator Gt', expression('key: a, operator: Gt, values: ["1"]'), [`5:45 error invalid-value ${AT_EXPRESSION}.operator`]],
  ['In without values', expression('key: a, operator: In'), [`5:36 error missing-values ${AT_EXPRESSION}`]],
  ['NotIn with an empty list', expression('key: a, operator: NotIn, values: []'), [`5:36 error missing-values ${AT_EXPRESSION}`]],
  ['Exists with values', expression('key: a, operator: Exists, values: [b]'), [`5:63 error forbidden-values ${AT_EXPRESSION}.values`]],
  [
    'DoesNotExist with values',
    expression('key: a, operator: DoesNotExist, values: [b]'),
    [`5:69 error forbidden-values ${AT_EXPRESSION}.values`],
  ],
  ['Exists with empty values', expression('key: a, operator: Exists, values: []'), []],
  ['no key', expression('operator: Exists'), [`5:36 error missing-field ${AT_EXPRESSION}.key`]],
  ['no operator', expression('key: a'), [`5:36 error missing-field ${AT_EXPRESSION}.operator`]],
  [
    'a value with a space',
    expression('key: a, operator: In, values: ["b c"]'),
    [`5:68 error invalid-label-value ${AT_EXPRESSION}.values[0]`],
  ],
  ['an unknown field', policyWith('podSelector: {matchLabel: {a: b}}'), ['5:17 error unknown-field spec.podSelector.matchLabel']],
  ['a null selector', policyWith('podSelector:'), ['5:3 warning null-selector spec.podSelector']],
];

const labels = (text: string): string => podWith(`{name: a, namespace: x, labels: {${text}}}`);

const LABELS: readonly Row[] = [
  ...['on', 'yes', 'y', 'no', 'null', '~', 'True', '017', '0x1', '1e3', '1.10', '2001-01-01'].map((text): Row => {
    return [`the value ${text}`, labels(`k: ${text}`), ['3:44 error ambiguous-value metadata.labels.k']];
  }),
  ['the value true', labels('k: true'), ['3:44 error wrong-type metadata.labels.k']],
  ['the value 1', labels('k: 1'), ['3:44 error wrong-type metadata.labels.k']],
  ['values in quotes', labels('k: "on", l: "1", m: "true", n: ""'), ['3:72 error ambiguous-value metadata.labels.n']],
  ['no value', labels('k:'), []],
  ['the key y', labels('y: a'), ['3:44 error ambiguous-value metadata.labels.y']],
  ['the key on', labels('on: a'), ['3:44 error ambiguous-value metadata.labels.on']],
  ['a key with a space', labels('"a b": a'), ['3:44 error invalid-label-key metadata.labels[a b]']],
  ['a key of 64 characters', labels(`${'k'.repeat(64)}: a`), [`3:44 error invalid-label-key metadata.labels.${'k'.repeat(64)}`]],
  ['a key of 63 characters and a prefix', labels(`x.example/${'k'.repeat(63)}: a`), []],
  ['a key with two prefixes', labels('a/b/c: a'), ['3:44 error invalid-label-key metadata.labels[a/b/c]']],
  ['a value of 64 characters', labels(`k: ${'v'.repeat(64)}`), ['3:44 error invalid-label-value metadata.labels.k']],
  ['a value of 63 characters', labels(`k: ${'v'.repeat(63)}`), []],
  ['names of the language', labels('constructor: b, toString: c, hasOwnProperty: d'), []],
  ['the key __proto__', labels('__proto__: a'), ['3:44 error invalid-label-key metadata.labels.__proto__']],
  ['a list of labels', podWith('{name: a, namespace: x, labels: [k]}'), ['3:35 error wrong-type metadata.labels']],
];

const OTHERS: readonly Row[] = [
  ['policyTypes ingress', policyWith('policyTypes: [ingress]'), ['5:17 error invalid-value spec.policyTypes[0]']],
  ['three policyTypes', policyWith('policyTypes: [Ingress, Egress, Egress]'), ['5:3 error too-many-policy-types spec.policyTypes']],
  ['a policyType twice', policyWith('policyTypes: [Ingress, Ingress]'), ['5:3 warning duplicate-policy-type spec.policyTypes']],
  ['no policyTypes in the list', policyWith('policyTypes: []'), []],
  [
    'rules of a direction that is not named',
    policyWith('policyTypes: [Ingress]', 'egress: [{}]'),
    ['6:3 warning rules-without-effect spec.egress'],
  ],
  ['a mistyped direction', policyWith('ingres: []'), ['5:3 error unknown-field spec.ingres']],
  ['a null rule', policyWith('ingress: [null]'), ['5:13 error null-entry spec.ingress[0]']],
  ['null rules', policyWith('ingress: null'), []],
  ['no spec', policyWith(), ['4:1 warning empty-spec spec']],
  ['an unknown first field', `${policyWith('podSelector: {}')}ingress: []\n`, ['6:1 error unknown-field ingress']],
  ['no name', podWith('{namespace: x}'), ['3:1 error missing-field metadata.name']],
  ['a null name', podWith('{namespace: x, name: null}'), ['3:26 error missing-field metadata.name']],
  ['a name with capitals', podWith('{name: Web, namespace: x}'), ['3:12 error invalid-name metadata.name']],
  ['a name that is a number', podWith('{name: 1, namespace: x}'), ['3:12 error wrong-type metadata.name']],
  ['a name of a megabyte', podWith(`{name: ${'a'.repeat(1_000_000)}, namespace: x}`), ['3:12 error text-too-long metadata.name']],
  ['a namespace with a dot', podWith('{name: a, namespace: a.b}'), ['3:21 error invalid-name metadata.namespace']],
  ['a path as a namespace', podWith('{name: a, namespace: ../../etc}'), ['3:21 error invalid-name metadata.namespace']],
  ['an unknown field of metadata', podWith('{name: a, namespace: x, lables: {a: b}}'), ['3:35 warning unknown-field metadata.lables']],
  ['a template as a name', podWith('{namespace: x, name: {{ .Values.name }} }'), ['3:26 error unrendered-template metadata.name']],
  ['no metadata', 'apiVersion: v1\nkind: Pod\n', ['1:1 error missing-field metadata']],
  ['no apiVersion', 'kind: Pod\nmetadata: {name: a, namespace: x}\n', ['1:1 error missing-field apiVersion']],
  ['no kind', 'apiVersion: v1\nmetadata: {name: a, namespace: x}\n', ['1:1 error missing-field']],
  ['a mistyped kind', 'apiVersion: v1\nkind: pod\nmetadata: {name: a, namespace: x}\n', ['2:1 error unknown-kind kind']],
  [
    'a phase that there is not',
    podWith('{name: a, namespace: x}', 'status: {phase: Completed}'),
    ['4:10 error invalid-value status.phase'],
  ],
  ['a bad address', podWith('{name: a, namespace: x}', 'status: {podIP: 010.0.0.1}'), ['4:10 error invalid-address status.podIP']],
  [
    'an IPv4 address as IPv6',
    podWith('{name: a, namespace: x}', 'status: {podIP: "::ffff:10.0.0.1"}'),
    ['4:10 error invalid-address status.podIP'],
  ],
  [
    'two addresses of a family',
    podWith('{name: a, namespace: x}', 'status: {podIPs: [{ip: 10.0.0.1}, {ip: "fd00::1"}, {ip: 10.0.0.2}]}'),
    ['4:53 error too-many-pod-ips status.podIPs[2].ip'],
  ],
  [
    'another first address',
    podWith('{name: a, namespace: x}', 'status: {podIP: 10.0.0.1, podIPs: [{ip: 10.0.0.2}]}'),
    ['4:27 error pod-ip-mismatch status.podIPs'],
  ],
  [
    'a container port without a number',
    podWith('{name: a, namespace: x}', 'spec: {containers: [{ports: [{name: http}]}]}'),
    ['4:30 error missing-field spec.containers[0].ports[0].containerPort'],
  ],
  [
    'a container port name that is none',
    podWith('{name: a, namespace: x}', 'spec: {containers: [{ports: [{name: HTTP, containerPort: 80}]}]}'),
    ['4:31 error invalid-port spec.containers[0].ports[0].name'],
  ],
  ['hostNetwork as text', podWith('{name: a, namespace: x}', 'spec: {hostNetwork: "true"}'), ['4:8 error wrong-type spec.hostNetwork']],
  [
    'hostNetwork as `yes`',
    podWith('{name: a, namespace: x}', 'spec: {hostNetwork: yes}'),
    ['4:8 warning ambiguous-value spec.hostNetwork'],
  ],
  ['hostNetwork as `True`', podWith('{name: a, namespace: x}', 'spec: {hostNetwork: True}'), []],
  [
    'a namespace with a false name label',
    'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n  labels:\n    kubernetes.io/metadata.name: b\n',
    ['6:5 error false-name-label metadata.labels[kubernetes.io/metadata.name]'],
  ],
  [
    'a namespace that is being deleted',
    'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n  deletionTimestamp: 2024-01-01T00:00:00Z\n',
    ['5:3 warning terminating-namespace metadata.deletionTimestamp'],
  ],
  [
    'a Service port of 0',
    'apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: x}\nspec: {ports: [{port: 0}]}\n',
    ['4:17 error invalid-port spec.ports[0].port'],
  ],
  [
    'a bad clusterIP',
    'apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: x}\nspec: {clusterIP: none}\n',
    ['4:8 error invalid-address spec.clusterIP'],
  ],
  [
    'a selector that does not find the template',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a, namespace: x}\nspec:\n  selector: {matchLabels: {app: a}}\n  template: {metadata: {labels: {app: b}}}\n',
    ['5:3 error selector-mismatch spec.selector'],
  ],
  [
    'a workload without a template',
    'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a, namespace: x}\nspec: {}\n',
    ['4:1 error missing-field spec.template'],
  ],
  [
    'negative replicas',
    'apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: a, namespace: x}\nspec: {replicas: -1, template: {}, selector: {}}\n',
    ['4:8 error invalid-count spec.replicas'],
  ],
];

describe.each([
  ['ports', PORTS],
  ['peers', PEERS],
  ['address ranges', CIDRS],
  ['selectors', SELECTORS],
  ['labels', LABELS],
  ['other fields', OTHERS],
] as const)('%s', (_, rows) => {
  it.each(rows)('%s', (_title, text, expected) => {
    expect(findingsOf(text)).toEqual(expected);
    const { pods, networkPolicies, unreadable, namespaces, services } = parseManifests(text);
    const isWrong = expected.some((line) => line.includes(' error '));
    expect(pods.length + networkPolicies.length + namespaces.length + services.length).toBe(isWrong ? 0 : 1);
    if (text.includes('kind: NetworkPolicy')) expect(unreadable.length).toBe(isWrong ? 1 : 0);
  });
});

describe('a message', () => {
  it('says what was found, what is expected, and what to do', () => {
    const { diagnostics } = parseManifests(port('protocol: tcp, ports: 80'), { file: 'policies/p.yaml' });
    expect(diagnostics).toMatchObject([
      {
        code: 'invalid-value',
        message: 'found `tcp`, expected `TCP` or `UDP` or `SCTP`',
        hint: 'did you mean `TCP`?',
        origin: { file: 'policies/p.yaml' },
        object: { kind: 'NetworkPolicy', namespace: 'shop', name: 'p' },
      },
      { code: 'unknown-field', hint: 'did you mean `port`?' },
    ]);
    const [ambiguous] = parseManifests(labels('k: on')).diagnostics;
    expect(ambiguous).toMatchObject({ message: 'found the unquoted boolean `on`, expected text: quote it', hint: 'write `"on"`' });
    const [number] = parseManifests(port('port: 0100')).diagnostics;
    expect(number).toMatchObject({ hint: 'Kubernetes reads it as 64: write `64` or quote it' });
    expect(parseManifests(port('port: "80"')).diagnostics[0]).toMatchObject({ hint: 'write `port: 80`' });
  });

  it('shows no control characters', () => {
    const hostile = '\\u001b[2J\\u0007\\u202e';
    const { diagnostics } = parseManifests(
      `${labels(`k: "${hostile}", "${hostile}": x`)}---\n${podWith(`{name: "${hostile}", namespace: x}`)}`,
    );
    expect(diagnostics).toHaveLength(3);
    for (const { message, hint = '', field = '' } of diagnostics) {
      expect(escapeControls(message + hint + field)).toBe(message + hint + field);
    }
  });

  it('is one of a hundred at most for one object', () => {
    const text = ingress(...Array.from({ length: 150 }, () => '- ports: [{port: 0}]'));
    const { diagnostics } = parseManifests(text);
    expect(diagnostics).toHaveLength(101);
    expect(diagnostics.filter(({ code }) => code === 'more-problems').map(({ message }) => message)).toEqual([
      'the object has 50 more problems, which are not listed',
    ]);
  });

  it('comes in the order of the text', () => {
    const text = [port('port: 0'), labels('k: 1'), from('')].join('---\n');
    const places = parseManifests(text).diagnostics.map(({ origin }) => origin.line);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).toHaveLength(3);
  });

  it('notes the namespace that is not written', () => {
    const manifests = parseManifests(podWith('{name: a}'));
    expect(manifests.diagnostics).toMatchObject([{ severity: 'info', code: 'default-namespace', origin: { line: 3, column: 1 } }]);
    expect(findings(manifests)).toEqual([]);
  });

  it('is an error for unknown fields of the first level and of metadata under `strict`', () => {
    const text = podWith('{name: a, namespace: x, lables: {a: b}}');
    expect(findings(parseManifests(text, { strict: true }))).toEqual(['3:35 error unknown-field metadata.lables']);
    expect(parseManifests(text, { strict: true }).pods).toEqual([]);
    expect(parseManifests(text).pods).toHaveLength(1);
  });
});
